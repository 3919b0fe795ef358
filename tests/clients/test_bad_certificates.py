"""Certificates that are wrong, each in one way only: each is refused for that reason, before anything is said."""

import ssl

import pytest
from daemon import wait_until
from forge import Forger
from leap import Leap, address_of, is_refused
from peers import answers_to, beside_a_good_client

PING = b'{"CommuniqueType":"ReadRequest","Header":{"Url":"/server/1/status/ping"}}\r\n'
AREAS = b'{"CommuniqueType":"ReadRequest","Header":{"Url":"/area"}}\r\n'

# What is wrong -> why it is refused, in the log.
FORGERIES = {
    "another_authority": "unable to get local issuer certificate",
    "authority_of_the_same_name": "certificate signature failure",
    "expired": "certificate has expired",
    "not_yet_valid": "certificate is not yet valid",
    "for_servers": "unsuitable certificate purpose",
    "self_signed": "self-signed certificate",
    "self_signed_with_the_authority_s_name": "self-signed certificate",
    "signed_by_a_client": "invalid CA certificate",
    "weak_key": "EE certificate key too weak",
    "unknown_key": "its key is not in the list of clients",
}


def careless(files, version):
    """A client that would talk to anybody, show any certificate and use any cipher."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    if (files / "cert.pem").exists():
        context.load_cert_chain(files / "cert.pem", files / "key.pem")
    return context


@pytest.fixture(params=[(), ("--leap-login",)], ids=["certificates", "logins"])
def villa(start, request):
    """Whether or not there are clients without a certificate: a wrong one is never better."""
    return start("villa", *request.param)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=["1.2", "1.3"])
def test_each_is_refused_for_its_own_reason(villa, admit, tmp_path, version):
    files = admit(villa, "good")
    forger = Forger(villa, files)
    with beside_a_good_client(villa, files):
        good = careless(forger.as_good(tmp_path / "as_good"), version)
        assert b"OnePingResponse" in answers_to(address_of(villa), PING, good)[0]
        for kind, why in FORGERIES.items():
            context = careless(getattr(forger, kind)(tmp_path / kind), version)
            begin = len(villa.log_text())

            def is_refused_for_that():
                told, alert = answers_to(address_of(villa), AREAS, context)  # noqa: B023
                assert told == b"" and alert is not None, f"{kind}: {told} {alert}"  # noqa: B023
                return f"refused 127.0.0.1: {why}" in villa.log_text()[begin:]  # noqa: B023

            wait_until(is_refused_for_that, f"{kind}: {why}")  # of many refusals in a second the log has only some


def test_without_a_certificate(villa, admit, tmp_path):
    """A TLS alert, or where logins are taken the refusal of one."""
    files = admit(villa, "good")
    nobody = tmp_path / "nobody"
    nobody.mkdir()
    (nobody / "ca.pem").write_bytes((files / "ca.pem").read_bytes())
    with beside_a_good_client(villa, files):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            told, alert = answers_to(address_of(villa), AREAS, careless(nobody, version))
            if "--leap-login" in villa.options:
                assert b"401 Unauthorized" in told and b"This client has not logged in" in told
            else:
                assert told == b"" and alert is not None


def test_a_client_of_an_earlier_authority_hears_that(start, admit, tmp_path):
    """`unknown_ca` is what its users know as "pair again"."""
    files = admit(start("flat"), "good")
    told, alert = answers_to(address_of(start("flat", state="anew")), AREAS, careless(files, ssl.TLSVersion.TLSv1_3))
    assert told == b""
    assert alert.reason == "TLSV1_ALERT_UNKNOWN_CA"


def test_a_revoked_client_is_out_in_a_second_whether_it_reads_or_not(start, admit):
    villa = start("villa")
    with beside_a_good_client(villa, admit(villa, "good")):
        for name, greedy in (("reader", False), ("deaf", True)):
            files = admit(villa, name)
            with Leap(villa, files, receive_buffer=4096) as leap:
                leap.ask("Subscribe", "/zone/status")
                if greedy:
                    leap.send(b'{"CommuniqueType":"ReadRequest","Header":{"Url":"/device?where=IsThisDevice:false"}}\n' * 50)
                villa.run("client", "revoke", name)
                wait_until(lambda: f"'{name}' (127.0.0.1) disconnected: it was revoked" in villa.log_text(), name, 1)  # noqa: B023
                assert leap.is_closed()
            assert is_refused(villa, files)
