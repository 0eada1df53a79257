import { Type } from 'typebox';
import type { TransferFileProblem } from '../domain/transfer.ts';
import { Id, Line } from '../schema/collection.ts';

/** The part of the data port that is about transfers between institutions; `data-port.ts` takes it in. */

/** Text of a transfer file: 500 assets with long notes stay far below. */
const FileText = Type.String({ minLength: 1, maxLength: 8_000_000 });

export const TRANSFER_COMMANDS = {
  /** Registers what a transfer file brings, as one act. What is here already is left alone. */
  receiveTransfer: Type.Object(
    { text: FileText, structureId: Id, siteId: Id, room: Type.Optional(Line(100)) },
    { additionalProperties: false },
  ),
  /** Takes in the receiver's receipt: what it names and is on its way becomes `transferred`, as one act. */
  confirmTransfer: Type.Object({ text: FileText }, { additionalProperties: false }),
} as const;

export const TRANSFER_QUESTIONS = {
  /** The latest dispatches to other institutions, the latest first; those that were taken back are left out. */
  getTransfers: Type.Object({}, { additionalProperties: false }),
  /** The file of a dispatch, for the receiver. */
  makeTransferFile: Type.Object({ actId: Id }, { additionalProperties: false }),
  /** What a file is, and what it would do here. Writes nothing. */
  readTransfer: Type.Object({ text: FileText }, { additionalProperties: false }),
  /** The receipt for what this register has of a transfer, for the sender. */
  makeTransferReceipt: Type.Object({ text: FileText }, { additionalProperties: false }),
} as const;

export type SentTransfer = {
  readonly actId: string;
  readonly to: string;
  readonly documentNumber: string;
  readonly sentAt: string;
  readonly count: number;
  /** Of them, those whose receipt has not come yet. */
  readonly underWay: number;
};

/** A file to save, with the name to propose. */
export type NamedText = { readonly name: string; readonly text: string };

export type TransferLine = {
  readonly reference: string;
  readonly designation: string;
  readonly serialNumber?: string;
  /** `create`, `confirm`: will be done; `done`: is so already; `refused`: cannot be, for the reason given. */
  readonly outcome: 'create' | 'confirm' | 'done' | 'refused';
  readonly problem?: string;
};

export type TransferPreview =
  | { readonly kind: 'unreadable'; readonly problem: TransferFileProblem | 'own-file' | 'other-receiver' }
  | {
      readonly kind: 'transfer' | 'receipt';
      readonly from: string;
      readonly to: string;
      readonly documentNumber: string;
      readonly at: string;
      readonly by: string;
      readonly lines: readonly TransferLine[];
    };

export type TransferCommandOutput = {
  receiveTransfer: { readonly actId: string; readonly created: number; readonly receipt: NamedText };
  confirmTransfer: { readonly actId: string; readonly changed: number };
};

export type TransferQuestionOutput = {
  getTransfers: readonly SentTransfer[];
  makeTransferFile: NamedText;
  readTransfer: TransferPreview;
  makeTransferReceipt: NamedText;
};
