from driftline.model.progress import Progress, Unwatched


def test_unwatched_progress_costs_nothing() -> None:
    """Work may report to nobody."""
    watcher: Progress = Unwatched()
    watcher.step("reading", 1, 2)
