"""Certificates that should not be accepted."""

import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)


def named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def write(directory, ca_pem, certificate, key):
    directory.mkdir()
    (directory / "ca.pem").write_bytes(ca_pem)
    (directory / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (directory / "key.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return directory


def issue(subject, key, issuer, issuer_key, until):
    return (x509.CertificateBuilder().subject_name(named(subject)).issuer_name(issuer).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(until - 100 * DAY).not_valid_after(until)
            .add_extension(x509.BasicConstraints(False, None), True)
            .add_extension(x509.ExtendedKeyUsage([x509.OID_CLIENT_AUTH]), False).sign(issuer_key, hashes.SHA256()))


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def foreign(directory, files):
    """A client of somebody else's authority, which even has our authority's name."""
    ours = x509.load_pem_x509_certificate((files / "ca.pem").read_bytes())
    key, authority = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    return write(directory, (files / "ca.pem").read_bytes(), issue("tester", key, ours.subject, authority, now() + DAY), key)


def signed_by_us(directory, daemon, files, key=None, until=None):
    """A certificate that the processor's own authority signed, though the processor did not."""
    ours = x509.load_pem_x509_certificate((files / "ca.pem").read_bytes())
    authority = serialization.load_pem_private_key(authority_key(daemon, ours), None)
    key = key or ec.generate_private_key(ec.SECP256R1())
    return write(directory, (files / "ca.pem").read_bytes(),
                 issue("tester", key, ours.subject, authority, until or now() + DAY), key)


def authority_key(daemon, certificate):
    """The private key of the authority, found among the processor's keys."""
    for path in sorted(daemon.state.rglob("*.pem")):
        if b"PRIVATE KEY" not in (pem := path.read_bytes()):
            continue
        if serialization.load_pem_private_key(pem, None).public_key() == certificate.public_key():
            return pem
    raise AssertionError(f"the authority's key is not below {daemon.state}")


def expired(directory, daemon, files):
    """A client that is in the list, with a certificate that has run out."""
    key = serialization.load_pem_private_key((files / "key.pem").read_bytes(), None)
    return signed_by_us(directory, daemon, files, key, now() - DAY)
