/** Every error code that may cross a process or network boundary. One list, so that each has a screen and a text. */
export const ERROR_CODES = [
  'STORE_WRONG_KEY',
  'STORE_CORRUPT',
  'STORE_DISK_FULL',
  'STORE_READ_ONLY',
  'STORE_NEWER_VERSION',
  'STORE_ALREADY_OPEN',
  'STORE_IO',
  'STORE_CLOSED',
  'STORE_ATTACHMENTS_UNSUPPORTED',
  'KEY_WRONG_PASSPHRASE',
  'KEY_FILE_UNREADABLE',
  'KEY_KEYCHAIN_UNAVAILABLE',
  'COMMAND_INVALID',
  'COMMAND_FORBIDDEN',
  'COMMAND_NOT_FOUND',
  'COMMAND_CONFLICT',
  'COMMAND_NOT_ENROLLED',
  'COMMAND_CANCELLED',
  'PRINT_FAILED',
  'FILE_NOT_WRITTEN',
  'IMPORT_UNREADABLE',
  'IMPORT_UNKNOWN_FORMAT',
  'IMPORT_EXPIRED',
  'PORT_BAD_MESSAGE',
  'PORT_FORBIDDEN',
  'PORT_CLOSED',
  'DATA_PROCESS_DIED',
  'SYNC_UNREACHABLE',
  'SYNC_NO_ADDRESS',
  'SYNC_CONNECTION_REFUSED',
  'SYNC_TIMEOUT',
  'SYNC_CAPTIVE_PORTAL',
  'SYNC_PROXY',
  'SYNC_CERTIFICATE_UNKNOWN',
  'SYNC_CERTIFICATE_EXPIRED',
  'SYNC_CERTIFICATE_OTHER_HOST',
  'SYNC_CHECKPOINT_AHEAD',
  'SYNC_STALE_PATCH',
  'SYNC_BAD_ANSWER',
  'SYNC_UNAUTHORISED',
  'SYNC_SERVER_TOO_OLD',
  'SYNC_CLIENT_TOO_OLD',
  'SYNC_MUST_UPDATE',
  'SYNC_BAD_REQUEST',
  'SYNC_TOO_LARGE',
  'SYNC_TOO_MANY_REQUESTS',
  'ENROLMENT_CODE_INVALID',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What the person in front of the screen can do about it. */
export type ErrorAction = 'retry' | 'unlock' | 'update' | 'contact';

/** An error as data: what crosses ports and the network. Never row data, keys or user paths. */
export type ErrorData = {
  readonly code: ErrorCode;
  /** English, for logs and developers; screens translate the code. */
  readonly message: string;
  /** Small facts the text of the screen needs: a field name, a line number, a version. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  readonly action?: ErrorAction;
};

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData };

/** The one error class of the program. Thrown inside a process; becomes `ErrorData` at its edge. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorData['details'];
  readonly action: ErrorAction | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly details?: ErrorData['details']; readonly action?: ErrorAction; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details;
    this.action = options.action;
  }

  static from(data: ErrorData): AppError {
    return new AppError(data.code, data.message, {
      ...(data.details && { details: data.details }),
      ...(data.action && { action: data.action }),
    });
  }
}

/** Turns anything thrown into data. An unknown error keeps its class name only: its message may quote a row. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof AppError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.details && { details: error.details }),
      ...(error.action && { action: error.action }),
    };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return { code: 'INTERNAL', message: `Unexpected ${name}`, action: 'contact' };
}
