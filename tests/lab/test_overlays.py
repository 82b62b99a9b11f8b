"""The kustomize half of the fleet."""

import yaml

from driftline.lab.fleet import KUSTOMIZE_SERVICES, SITES
from driftline.lab.overlays import base_files, overlay_files


def test_an_overlay_names_what_is_there() -> None:
    """Base, patches and environment file named in an overlay exist beside it."""
    for service in KUSTOMIZE_SERVICES:
        files = overlay_files(service, SITES["production"])
        folder = f"apps/{service.name}/overlays/production"
        overlay = yaml.safe_load(files[f"{folder}/kustomization.yaml"])

        assert ["../../base"] == overlay["resources"]
        assert f"apps/{service.name}/base/kustomization.yaml" in base_files(service)
        assert all(f"{folder}/{patch['path']}" in files for patch in overlay["patches"])
        assert [service.repository] == [image["name"] for image in overlay["images"]]


def test_a_patch_patches_an_object_of_the_base() -> None:
    """Each patch is of an object that the base holds."""
    for service in KUSTOMIZE_SERVICES:
        objects = {
            (one["kind"], one["metadata"]["name"])
            for path, text in base_files(service).items()
            if path.endswith(".yaml") and "metadata" in (one := yaml.safe_load(text))
        }
        patches = [
            yaml.safe_load(text)
            for path, text in overlay_files(service, SITES["staging"]).items()
            if path.endswith(".yaml") and "kustomization" not in path
        ]

        assert 2 == len(patches)
        assert {(one["kind"], one["metadata"]["name"]) for one in patches} <= objects
