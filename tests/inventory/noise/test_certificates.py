from driftline.inventory.noise.certificates import certificates, renewed
from driftline.inventory.noise.places import place

ASKS = {"/metadata/annotations/cert-manager.io~1inject-ca-from": '"a/b"'}
BUNDLE = place("/webhooks/[name=a]/clientConfig/caBundle")


def test_a_bundle_that_nobody_declared_was_put_there() -> None:
    """Wherever the field of that name stands, the cluster fills it."""
    assert certificates(BUNDLE, {}) is not None
    assert certificates(place("/spec/caBundle"), {}) is not None


def test_files_of_certificates_count_where_they_were_asked_for() -> None:
    """A map that asks for a bundle gets it; any other has a file of its own."""
    label = {"/metadata/labels/config.openshift.io~1inject-trusted-cabundle": '"true"'}

    assert certificates(place("/data/ca-bundle.crt"), label) is not None
    assert certificates(place("/data/ca-bundle.crt"), {}) is None
    assert certificates(place("/data/other"), label) is None


def test_a_declared_bundle_is_meant_unless_it_is_a_placeholder() -> None:
    """What a chart puts there until the real one comes is no intent."""
    assert renewed(BUNDLE, '"TFMw"', {}) is None
    assert renewed(BUNDLE, '"Cg=="', {}) is not None
    assert renewed(BUNDLE, '"TFMw"', ASKS) is not None
    assert renewed(place("/spec/type"), '""', ASKS) is None
