import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A small file system of its own, mounted for a test. */
export type Disk = {
  /** Where it is mounted. */
  readonly path: string;
  /** Leaves so many bytes, rounded down to blocks, and nothing with 0. */
  fill(left: number): void;
  /** Gives back what `fill` took. */
  makeRoom(): void;
  remove(): void;
};

export type MemoryDisk = Disk & { remount(how: 'ro' | 'rw'): void };

/** An ext4 file system on a loop device: it can break as disks do. */
export type BlockDisk = Disk & {
  /** The kernel meets an error on the disk and goes read-only, with open files and all. */
  failReadOnly(): void;
  /** What was not synchronised to the disk is lost, as if the power were cut. Open files are of no use afterwards. */
  cutPower(): void;
  /** After either: repaired where needed, mounted again. */
  replug(): void;
  /** Every write to it is refused, for root too. */
  protect(path: string, isProtected: boolean): void;
};

const FILLER = 'filler';

/** Only root may mount; elsewhere these tests cannot run. */
export function canMakeDisks(): boolean {
  return tried(() => makeMemoryDisk(1).remove());
}

export function canMakeBlockDisks(): boolean {
  return tried(() => {
    const disk = makeBlockDisk(8);
    try {
      disk.cutPower();
    } finally {
      disk.remove();
    }
  });
}

/** @param megabytes size */
export function makeMemoryDisk(megabytes: number): MemoryDisk {
  const path = mkdtempSync(join(tmpdir(), 'registre-disk-'));
  run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path);
  return {
    ...filling(path),
    path,
    remount: (how) => {
      run('mount', '-o', `remount,${how}`, path);
    },
    remove: () => unmount(path),
  };
}

/** @param megabytes size */
export function makeBlockDisk(megabytes: number): BlockDisk {
  const path = mkdtempSync(join(tmpdir(), 'registre-disk-'));
  const image = `${path}.img`;
  // Without a reserve for root, who would otherwise never see it full.
  writeFileSync(image, '');
  run('truncate', '-s', `${megabytes}M`, image);
  run('mkfs.ext4', '-q', '-m', '0', image);
  const plug = () => run('mount', '-o', 'loop,errors=remount-ro', image, path);
  plug();
  return {
    ...filling(path),
    path,
    failReadOnly() {
      const device = basename(run('findmnt', '-n', '-o', 'SOURCE', path).trim());
      writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, 'test');
    },
    // The ioctl EXT4_IOC_SHUTDOWN with its flag 2: nothing more reaches the disk, not even the journal.
    cutPower: () => {
      run(
        'perl',
        '-e',
        `open(my $f, '<', $ARGV[0]) or die; ioctl($f, 0x8004587d, my $flag = pack('L', 2)) or die`,
        path,
      );
    },
    replug() {
      run('umount', path);
      // 1: errors were mended.
      run('sh', '-c', `fsck.ext4 -p ${image} || [ $? -eq 1 ]`);
      plug();
    },
    protect(target, isProtected) {
      run('chattr', isProtected ? '+i' : '-i', target);
    },
    remove() {
      unmount(path);
      rmSync(image, { force: true });
    },
  };
}

function filling(path: string): Pick<Disk, 'fill' | 'makeRoom'> {
  const filler = join(path, FILLER);
  return {
    fill(left) {
      rmSync(filler, { force: true });
      const { bavail, bsize } = statfsSync(path);
      const size = bavail * bsize - left;
      if (size > 0) writeAsMuchAsFits(filler, size);
    },
    makeRoom: () => rmSync(filler, { force: true }),
  };
}

/** A file system needs some blocks for the file's own map. */
function writeAsMuchAsFits(path: string, size: number): void {
  for (let less = 0; less <= 64 * 4096; less += 4096) {
    try {
      writeFileSync(path, Buffer.alloc(Math.max(0, size - less)));
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
}

function unmount(path: string): void {
  if (readFileSync('/proc/mounts', 'utf8').includes(` ${path} `)) run('umount', '--lazy', path);
  if (existsSync(path)) rmSync(path, { recursive: true, force: true });
}

function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function tried(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
