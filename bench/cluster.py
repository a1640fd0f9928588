"""`make cluster-demo`: briefs on a cluster of processes, one of which is killed in the middle."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from bench import briefs
from bench.loopback import kill, loopback

WORKERS = 3


def main() -> int:
    """Build briefs on a cluster and on this machine; return 1 when anything differs."""
    count = int(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="briefwright-cluster-") as name:
        folder = Path(name)
        briefs.write(folder / "source", count, briefs.Size())
        _over_a_cluster(folder, count)
        _build(folder, "local", [], lambda _: None)
        found = differences(folder / "cluster", folder / "local")
    print("\n".join(found) if found else "every byte is the same")
    return int(bool(found))


def _over_a_cluster(folder: Path, count: int) -> None:
    """Build on a cluster, and kill a worker when a third is built."""
    with loopback(folder) as cluster:
        for _ in range(WORKERS):
            cluster.add_worker()
        print(f"{count} briefs, {WORKERS} workers at {cluster.address}", flush=True)

        def look(built: int) -> None:
            if built == max(1, count // 3):
                kill(cluster.workers[0])
                print(f"worker 1 of {WORKERS} killed after {built} briefs (SIGKILL)", flush=True)

        _build(folder, "cluster", ["--scheduler", cluster.address], look)


def _build(folder: Path, output: str, options: list[str], look: Callable[[int], None]) -> None:
    """Build all briefs, and tell `look` how many are built after each."""
    start = monotonic()
    command = [sys.executable, "-m", "pipeline", "build", "--source", str(folder / "source")]
    command += ["--output", str(folder / output), *options]
    environment = {**os.environ, "CI": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        built = 0
        for line in process.stdout or ():
            if line.lstrip().startswith("built "):
                built += 1
                look(built)
    took = monotonic() - start
    files = len(files_in(folder / output))
    print(f"{output}: {built} briefs, {files} files in {took:.0f} s", flush=True)
    if process.returncode:
        raise SystemExit(process.returncode)


def files_in(folder: Path) -> dict[Path, bytes]:
    """Return what all outputs of a folder hold, without what Make and the build note there."""
    files = (file for file in folder.glob("*/*") if file.parent.name != ".make")
    return {file.relative_to(folder): file.read_bytes() for file in sorted(files)}


def differences(one: Path, other: Path) -> list[str]:
    """Return what is not the same in two folders of outputs."""
    left, right = files_in(one), files_in(other)
    names = sorted({*left, *right})
    return [f"{name} differs" for name in names if left.get(name) != right.get(name)]


if __name__ == "__main__":
    sys.exit(main())
