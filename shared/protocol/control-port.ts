import type { ErrorData } from '../domain/errors.ts';
import type { BackupInfo } from './desktop-bridge.ts';

/**
 * The private line between main and the data process (`process.parentPort`). It alone carries the key,
 * as bytes, once; never argv, environment, log or renderer (SPEC K3).
 */
export type ControlRequest =
  | { readonly type: 'open'; readonly directory: string; readonly key: Uint8Array; readonly create: boolean }
  | { readonly type: 'list-backups'; readonly requestId: number; readonly directory: string }
  | { readonly type: 'restore-backup'; readonly requestId: number; readonly directory: string; readonly name: string }
  /** From `profile.json`: where this desktop enrols as soon as its file is open. */
  | { readonly type: 'enrolment'; readonly server: string; readonly code?: string; readonly deviceName: string }
  /** Comes with one transferred MessagePort: the data port of a window. */
  | { readonly type: 'connect-window' }
  /** The answer to `verify-passphrase`. */
  | { readonly type: 'passphrase-verified'; readonly questionId: number; readonly isRight: boolean }
  | { readonly type: 'close' };

export type ControlEvent =
  /** The process listens; nothing is open yet. */
  | { readonly type: 'ready' }
  | { readonly type: 'opening'; readonly step: 'file' | 'backup' | 'migration' }
  | { readonly type: 'opened' }
  | { readonly type: 'open-failed'; readonly error: ErrorData }
  /** The file failed after it was open: disk full for good, corruption found, disk gone. */
  | { readonly type: 'failed'; readonly error: ErrorData }
  | { readonly type: 'backups'; readonly requestId: number; readonly backups: readonly BackupInfo[] }
  | { readonly type: 'backup-restored'; readonly requestId: number; readonly error?: ErrorData }
  /** Whether this is the passphrase of the register: only main has what it opens. */
  | { readonly type: 'verify-passphrase'; readonly questionId: number; readonly passphrase: string }
  | { readonly type: 'closed' };
