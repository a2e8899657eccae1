"""Every real list with image rows is read whole: 100 % of its rows become images."""

from collections import Counter
from pathlib import Path

import pytest

from crawler.errors import UnknownFormat
from crawler.manifests.open import open_manifest
from crawler.model import ImageRef

#: file → (format, rows). Counted by the files' own structure, not with this reader; the labels file and the
#: removal list hold one row more than the index says.
LISTS = {
    "cc12m/cc12m.sample.tsv": ("conceptual_captions", 5),
    "cc3m/Image_Labels_Subset_Train.sample.tsv": ("conceptual_captions", 6),
    "cc3m/Validation_GCC-1.1.0.rows-00000-09999.tsv.gz": ("conceptual_captions", 10_000),
    "coco/captions_val2017.first200.json": ("coco", 200),
    "coco/coco_val2017_images.json.gz": ("coco", 5_000),
    "facescrub/facescrub_actors.first60.tsv": ("facescrub", 60),
    "ffhq/ffhq-dataset-v2.from-documentation.json": ("ffhq", 1),
    "ffhq/ffhq-v2-shaped.constructed-from-fsxl.json": ("ffhq", 120),
    "ffhq/removal-list.list_ffhq.txt": ("table", 900),
    "fsxl/fsxl-metadata.rows-0000-3783.json": ("ffhq_flat", 3_784),
    "gbif/audubon-core.multimedia.txt": ("audubon_core", 1),
    "gbif/liberty-cap.multimedia.txt": ("gbif", 1_619),
    "gbif/spotted-lanternfly.multimedia.txt.gz": ("gbif", 4_776),
    "imagenetv2/search_results.rows-0000-1999.json.gz": ("imagenetv2", 2_000),
    "inaturalist/observations_export.csv": ("inaturalist_export", 47),
    "laion/laion400m.sample.csv": ("laion", 18),
    "laion/laion400m.sample.snappy.parquet": ("laion", 18),
    "laion/url_text.sample.parquet": ("url_caption", 350),
    "openimages/cm_3600.keys-only.jsonl.gz": ("table", 1_000),
    "openimages/image_attributions.rows-0000-2399.csv": ("open_images", 2_400),
    "openimages/openimages_faces.cropped_narrow.first5000.csv": ("open_images_faces", 5_000),
    "openverse/flickr_https.tsv.gz": ("openverse", 637),
    "openverse/phylopic_1561673410.tsv": ("openverse", 100),
    "pass/pass_metadata.mini.csv": ("pass", 10),
    "redcaps/abandoned_2017.json": ("redcaps", 1),
    "redcaps/abandoned_2018.json": ("table", 0),
    "sbu/sbu-captions-all.sample.json": ("sbu", 5),
    "schemas/commoncatalog-cc-by.schema-only.parquet": ("commoncatalog", 0),
    "schemas/coyo-700m.schema-only.parquet": ("url_caption", 0),
    "schemas/datacomp-commonpool.schema-only.parquet": ("url_caption", 0),
    "schemas/laion2B-en-aesthetic.schema-only.parquet": ("laion", 0),
    "schemas/laion2B-en-joined.schema-only.parquet": ("laion", 0),
    "schemas/open-images-v7-url-mirror.schema-only.parquet": ("table", 0),
    "schemas/pd12m.v2024-09.schema-only.parquet": ("pd12m", 0),
    "schemas/pd12m.v2024-12.schema-only.parquet": ("pd12m", 0),
    "textvqa/TextVQA_0.5.1_val.sample.json": ("textvqa", 5),
    "unsplash/photos.tsv000.constructed": ("unsplash", 2),
    "visual-genome/image_data.sample.json": ("visual_genome", 5),
    "yfcc100m/yfcc100m_dataset.sample.tsv": ("yfcc100m", 4),
}


def test_every_row_of_every_list_becomes_an_image(shared: Path):
    read = {}
    for name in LISTS:
        manifest = open_manifest(shared / "manifests" / name)
        rows = list(manifest.rows())
        problems = [str(row) for row in rows if not isinstance(row, ImageRef)]
        assert problems == [], name
        assert len({(row.key, row.ordinal) for row in rows}) == len(rows), name
        read[name] = (manifest.format, len(rows))
    assert read == LISTS


def test_no_list_is_left_out(shared: Path):
    folder = shared / "manifests"
    texts = {".md", ".html"}
    others = {"ffhq/LICENSE.txt", "pass/version_history.txt"}
    lists = {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in texts and "croissant" not in path.parts
    }
    assert lists - others == LISTS.keys()


def test_what_is_no_list_is_refused(shared: Path):
    folder = shared / "manifests"
    for path in [*folder.rglob("*.md"), *folder.rglob("*.html"), *(folder / "croissant").iterdir()]:
        with pytest.raises(UnknownFormat):
            open_manifest(path)


def test_coco_licenses_are_joined(shared: Path):
    manifest = open_manifest(shared / "manifests/coco/coco_val2017_images.json.gz")
    counts = Counter(row.declared.license_url for row in manifest.rows() if isinstance(row, ImageRef))
    assert counts["http://creativecommons.org/licenses/by-nc-sa/2.0/"] == 1_431
    assert counts["http://creativecommons.org/licenses/by/2.0/"] == 857
    assert counts["http://flickr.com/commons/usage/"] == 5


def test_open_images_keeps_ids_and_hashes_as_written(shared: Path):
    manifest = open_manifest(shared / "manifests/openimages/image_attributions.rows-0000-2399.csv")
    first = next(manifest.rows())
    assert isinstance(first, ImageRef)
    assert first.key == "69c585b2a529af93"
    assert first.declared.content_hash == "md5-base64:aFwIzgMOEyZg/VRbCd8JoQ=="
    assert first.row == "line 2"


def test_liberty_cap_licenses_as_the_index_counts_them(shared: Path):
    rows = [
        row
        for row in open_manifest(shared / "manifests/gbif/liberty-cap.multimedia.txt").rows()
        if isinstance(row, ImageRef)
    ]
    assert sum(row.declared.license_url is not None for row in rows) == 1_301
    assert sum(row.declared.license is None and row.declared.license_url is None for row in rows) == 176
    assert sum(row.page_url is None for row in rows) == 359
