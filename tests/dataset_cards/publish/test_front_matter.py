import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import BadInput
from dataset_cards.publish.figures import ListFile
from dataset_cards.publish.front_matter import front_matter, render_front_matter, size_category
from dataset_cards.publish.hub_license import hub_vocabulary
from tests.dataset_cards.publish.example_figures import example


def loaded(figures) -> dict:
    text = render_front_matter(figures)
    assert text.startswith("---\n")
    assert text.endswith("\n---\n")
    assert text.count("\n---\n") == 1
    return yaml.safe_load(text.removesuffix("---\n"))


@pytest.mark.parametrize(
    ("images", "category"),
    [(0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (70_000, "10K<n<100K"), (10**12, "n>1T")],
)
def test_size_categories(images: int, category: str) -> None:
    assert size_category(images) == category


def test_the_fields_of_an_audit() -> None:
    data = loaded(example())
    assert data["pretty_name"] == "Licence and source audit of FFHQ"
    assert data["license"] == "cc0-1.0"
    assert data["source_datasets"] == ["NVlabs/ffhq-dataset"]
    assert data["size_categories"] == ["10K<n<100K"]
    assert "rehearsal" not in data["tags"]
    assert not [tag for tag in data["tags"] if "commercial" in tag]


def test_a_rehearsal_is_tagged() -> None:
    assert "rehearsal" in loaded(example(rehearsal=True))["tags"]


def test_without_a_license_of_the_lists_none_is_named() -> None:
    assert "license" not in loaded(example(lists_license=None))


def test_a_license_the_hub_does_not_know() -> None:
    data = loaded(example(lists_license="CC-BY-SA-2.0"))
    assert data["license"] == "other"
    assert data["license_name"] == "cc-by-sa-2.0"
    assert data["license_link"] == "https://creativecommons.org/licenses/by-sa/2.0/"
    with pytest.raises(BadInput, match="give a link"):
        front_matter(example(lists_license="LicenseRef-house-terms"))
    linked = loaded(example(lists_license="LicenseRef-house-terms", lists_license_link="LICENSE"))
    assert (linked["license_name"], linked["license_link"]) == ("house-terms", "LICENSE")


def test_tasks_are_the_hubs() -> None:
    assert loaded(example(task_categories=("image-to-text", "image-classification")))["task_categories"] == [
        "image-classification",
        "image-to-text",
    ]
    with pytest.raises(BadInput, match="face-stealing"):
        front_matter(example(task_categories=("face-stealing",)))


def test_configs_use_parquet_and_leave_out_empty_lists() -> None:
    configs = {config["config_name"]: config["data_files"] for config in loaded(example())["configs"]}
    assert len(configs) == 6
    training = configs["commercial-training--cc-where-required-2026-11-01"]
    assert [file["split"] for file in training] == ["review", "drop"]  # nothing to keep
    assert all(file["path"].endswith(".parquet") for files in configs.values() for file in files)


def test_csv_alone_gives_no_viewer_configuration() -> None:
    only = ListFile("keep--evaluation--strict.csv", "evaluation", "strict", "keep", "csv", 3, "aa")
    assert "configs" not in loaded(example(lists=(only,)))


@pytest.mark.parametrize(
    "name", ["no", "1e3", "~", "0o17", "12:30", "Jane\n---\nlicense: mit\n---\n", "\ufeff---", "- x"]
)
def test_names_that_yaml_would_misread_are_quoted(name: str) -> None:
    text = render_front_matter(example(source_dataset=name))
    data = loaded(example(source_dataset=name))
    assert f'source_datasets:\n  - "{data["source_datasets"][0]}"' in text
    assert data["license"] == "cc0-1.0"


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=80)
def test_any_dataset_name_leaves_the_rest_as_it_was(name: str) -> None:
    hostile = loaded(example(dataset=name, source_dataset=name or "x"))
    plain = loaded(example())
    assert list(hostile) == list(plain)
    assert {
        key: value for key, value in hostile.items() if key not in ("pretty_name", "source_datasets")
    } == {key: value for key, value in plain.items() if key not in ("pretty_name", "source_datasets")}
    assert hostile["pretty_name"].startswith("Licence and source audit of")


def test_every_value_is_one_the_hub_documents() -> None:
    for license_id in hub_vocabulary()["licenses"]:
        if license_id != "other":
            assert loaded(example(lists_license=license_id))["license"] == license_id
