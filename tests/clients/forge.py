"""Certificates that should not be accepted. Each is wrong in one way only; for all else it is as good as a good client's."""

import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)


def named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def new_key():
    return ec.generate_private_key(ec.SECP256R1())


class Forger:
    """Somebody who has all of a good client's files and, to have them checked, even the processor's own authority."""

    def __init__(self, daemon, files):
        self.files = files
        self.certificate = x509.load_pem_x509_certificate((files / "cert.pem").read_bytes())
        self.key = serialization.load_pem_private_key((files / "key.pem").read_bytes(), None)
        self.root = x509.load_pem_x509_certificate((files / "ca.pem").read_bytes())
        self.root_key = serialization.load_pem_private_key(authority_key(daemon, self.root), None)

    def issue(self, directory, key=None, issuer=None, issuer_key=None, until=None, since=None, use=x509.OID_CLIENT_AUTH,
              subject=None, chain=()):
        """The good client's certificate anew, but for what is given."""
        key = key or self.key
        until = until or now() + DAY
        made = (x509.CertificateBuilder().subject_name(subject or self.certificate.subject).issuer_name(issuer or self.root.subject)
                .public_key(key.public_key()).serial_number(x509.random_serial_number())
                .not_valid_before(since or until - 100 * DAY).not_valid_after(until)
                .add_extension(x509.BasicConstraints(False, None), True)
                .add_extension(x509.ExtendedKeyUsage([use]), False)
                .sign(issuer_key or self.root_key, hashes.SHA256()))
        return self.write(directory, [made, *chain], key)

    def write(self, directory, chain, key):
        directory.mkdir()
        (directory / "ca.pem").write_bytes((self.files / "ca.pem").read_bytes())
        (directory / "cert.pem").write_bytes(b"".join(it.public_bytes(serialization.Encoding.PEM) for it in chain))
        (directory / "key.pem").write_bytes(key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        return directory

    def as_good(self, directory):
        """For comparison: nothing is wrong with it."""
        return self.issue(directory)

    def another_authority(self, directory):
        return self.issue(directory, issuer=named("Another authority"), issuer_key=new_key())

    def authority_of_the_same_name(self, directory):
        return self.issue(directory, issuer_key=new_key())

    def expired(self, directory):
        return self.issue(directory, until=now() - DAY)

    def not_yet_valid(self, directory):
        return self.issue(directory, since=now() + DAY, until=now() + 10 * DAY)

    def for_servers(self, directory):
        return self.issue(directory, use=x509.OID_SERVER_AUTH)

    def self_signed(self, directory):
        return self.issue(directory, issuer=self.certificate.subject, issuer_key=self.key)

    def self_signed_with_the_authority_s_name(self, directory):
        return self.issue(directory, issuer_key=self.key, subject=self.root.subject)

    def signed_by_a_client(self, directory):
        """A client plays authority: its own certificate, which is good, signs another for itself."""
        return self.issue(directory, issuer=self.certificate.subject, issuer_key=self.key, chain=[self.certificate],
                          subject=named("a client of a client"))

    def weak_key(self, directory):
        return self.issue(directory, key=rsa.generate_private_key(65537, 1024))

    def unknown_key(self, directory):
        """Our authority signed it, but the processor never did."""
        return self.issue(directory, key=new_key())


def authority_key(daemon, certificate):
    """The private key of the authority, found among the processor's keys."""
    for path in sorted(daemon.state.rglob("*.pem")):
        if b"PRIVATE KEY" not in (pem := path.read_bytes()):
            continue
        if serialization.load_pem_private_key(pem, None).public_key() == certificate.public_key():
            return pem
    raise AssertionError(f"the authority's key is not below {daemon.state}")
