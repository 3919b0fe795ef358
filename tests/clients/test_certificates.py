"""What is issued holds up before the strictest checks that people have at hand."""

import ssl
import subprocess

import pytest
from leap import Leap, address_of, is_refused, trusting


def openssl(*arguments, stdin=""):
    return subprocess.run(["openssl", *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=30)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_python_accepts_the_server_with_strict_checks(villa, admit, version, name):
    files = admit(villa)
    context = trusting(files)
    context.minimum_version = context.maximum_version = version
    with Leap(villa, files, context, name) as leap:
        leap.ping()
        assert leap.socket.version() == version.name.replace("_", ".")


def test_older_protocols_and_plain_ciphers_are_refused(villa, admit):
    files = admit(villa)
    for settings in ({"maximum_version": ssl.TLSVersion.TLSv1_1}, {"maximum_version": ssl.TLSVersion.TLSv1_2}):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(files / "ca.pem")
        context.load_cert_chain(files / "cert.pem", files / "key.pem")
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = settings["maximum_version"]
        context.set_ciphers("ALL:!aNULL:@SECLEVEL=0" if settings["maximum_version"] == ssl.TLSVersion.TLSv1_1
                            else "ECDHE-ECDSA-AES128-SHA:AES128-SHA:@SECLEVEL=0")
        assert is_refused(villa, files, context)


def test_sessions_are_not_resumed(villa, admit):
    files = admit(villa)
    context = trusting(files)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with Leap(villa, files, context) as leap:
        leap.ping()
        session = leap.socket.session
    assert session is None or session.has_ticket is False


def test_openssl_verifies_what_is_issued(villa, admit):
    files = admit(villa)
    for purpose in ("sslclient", "any"):
        verified = openssl("verify", "-x509_strict", "-check_ss_sig", "-purpose", purpose, "-CAfile", files / "ca.pem",
                           files / "cert.pem")
        assert verified.returncode == 0, verified.stdout + verified.stderr
    assert openssl("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", files / "ca.pem",
                   files / "cert.pem").returncode != 0
    verified = openssl("verify", "-x509_strict", "-check_ss_sig", "-CAfile", files / "ca.pem", files / "ca.pem")
    assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.mark.parametrize("version", ["-tls1_2", "-tls1_3"])
def test_openssl_s_client_connects(villa, admit, version):
    files = admit(villa)
    address, port = address_of(villa)
    ping = '{"CommuniqueType":"ReadRequest","Header":{"Url":"/server/1/status/ping"}}\n'
    shown = openssl("s_client", "-connect", f"{address}:{port}", version, "-CAfile", files / "ca.pem", "-cert",
                    files / "cert.pem", "-key", files / "key.pem", "-verify_return_error", "-x509_strict",
                    "-verify_hostname", "localhost", "-showcerts", "-ign_eof", "-nocommands",
                    stdin=ping + "garbage\n" * 8)  # after which the server closes
    assert "Verify return code: 0 (ok)" in shown.stdout, shown.stdout + shown.stderr
    assert "OnePingResponse" in shown.stdout
    # The whole chain is sent, and the client is told whose certificate to show: some clients send none otherwise.
    assert shown.stdout.count("BEGIN CERTIFICATE") >= 2
    authority = openssl("x509", "-in", files / "ca.pem", "-noout", "-subject").stdout.split("CN = ")[1].strip()
    assert authority in shown.stdout.split("Acceptable client certificate CA names")[1]


def test_every_system_has_an_authority_of_its_own(start, admit):
    first, second = start("flat", state="first"), start("flat", state="second")
    first_files, second_files = admit(first, "one"), admit(second, "two")
    assert (first_files / "ca.pem").read_text() != (second_files / "ca.pem").read_text()
    context = trusting(second_files)
    context.load_verify_locations(first_files / "ca.pem")
    assert is_refused(first, second_files, context)
