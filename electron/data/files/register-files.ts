import type { CommandInput, CommandOutput, QuestionInput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { FileCommandOutput, FileQuestionOutput, FileState, FilesState } from '#shared/protocol/files.ts';
import type { RegisterFile } from '#shared/schema/file.ts';
import type { Register } from '../register.ts';
import type { FileLine } from '../replication/http-client.ts';
import { attachFile, restoreFile, retireFile } from './attach-file.ts';
import { FileClient } from './file-client.ts';
import { readFileRow, requireFileRow } from './file-rows.ts';
import { FileStore } from './file-store.ts';
import { FileTransfer } from './file-transfer.ts';
import { Stages } from './stages.ts';

type Commands = {
  readonly [Name in keyof FileCommandOutput]: (
    input: CommandInput<Name>,
  ) => CommandOutput[Name] | Promise<CommandOutput[Name]>;
};
type Questions = {
  readonly [Name in keyof FileQuestionOutput]: (input: QuestionInput<Name>) => QuestionOutput[Name];
};

/** Milliseconds between two states told to the windows. */
const TELL_INTERVAL = 200;
/** Milliseconds after the start before the folder is looked through. */
const SWEEP_DELAY = 20_000;

/** Files of one open register: what windows bring, what lies on the disk, what travels. */
export class RegisterFiles {
  readonly store: FileStore;
  readonly stages: Stages;
  readonly transfer: FileTransfer;
  readonly commands: Commands;
  readonly questions: Questions;
  readonly #register: Register;
  readonly #publish: (state: FilesState) => void;
  readonly #begun = Date.now();
  readonly #sweeping: NodeJS.Timeout;
  #revision = 0;
  #telling: NodeJS.Timeout | undefined;

  constructor(register: Register, line: FileLine | undefined, publish: (state: FilesState) => void) {
    this.#register = register;
    this.#publish = publish;
    this.store = new FileStore(register);
    this.stages = new Stages(this.store, register.environment.newId);
    this.transfer = new FileTransfer(register, this.store, line && new FileClient(line), () => this.#tell());
    this.commands = {
      openStage: () => this.stages.open(),
      writeStage: ({ stageId, bytes }) => this.stages.write(stageId, bytes),
      dropStage: ({ stageId }) => this.stages.drop(stageId),
      attachFile: (input) => attachFile(register, this, input),
      retireFile: (input) => retireFile(register, input),
      restoreFile: (input) => restoreFile(register, input),
      fetchFile: (input) => this.#fetch(input),
    };
    this.questions = {
      getFileStates: (input) => this.#states(input),
      readFileBytes: (input) => this.#read(input),
      getFilesState: () => this.state,
    };
    register.table('files').onWrite(() => {
      register.connection.onCommit(() => {
        this.transfer.noteRows();
        this.#tell();
      });
    });
    this.#sweeping = setTimeout(() => void this.sweep(), SWEEP_DELAY);
    this.#sweeping.unref();
  }

  get state(): FilesState {
    const { files, bytes, waiting, waitingBytes } = this.store.totals();
    const { active } = this.transfer;
    return {
      stored: { files, bytes },
      waiting: { files: waiting, bytes: waitingBytes },
      ...(active && { active }),
      revision: this.#revision,
    };
  }

  /** Where a file is changed otherwise than by what travels here: a receipt came by hand. */
  noteReceipts(): void {
    this.#tell();
  }

  #fetch({ id }: CommandInput<'fetchFile'>): null {
    this.transfer.demand(id, requireFileRow(this.#register, id).hash);
    this.#tell();
    return null;
  }

  #states({ ids }: QuestionInput<'getFileStates'>): QuestionOutput['getFileStates'] {
    return Object.fromEntries(
      ids.flatMap((id) => {
        const row = readFileRow(this.#register, id);
        return row ? [[id, this.#stateOf(row)]] : [];
      }),
    );
  }

  /** @throws AppError COMMAND_NOT_FOUND where it is not on this desktop, or damaged */
  #read({ id, part, offset, length }: QuestionInput<'readFileBytes'>): Uint8Array {
    const row = requireFileRow(this.#register, id);
    const hash = part === 'file' ? row.hash : (row.thumbnail?.hash ?? '');
    return new Uint8Array(this.store.read(hash, { offset, length }));
  }

  /** What a process that was killed left over. */
  sweep(): Promise<number> {
    return this.store.sweep(this.#begun);
  }

  async close(): Promise<void> {
    clearTimeout(this.#sweeping);
    clearTimeout(this.#telling);
    await this.transfer.close();
    clearTimeout(this.#telling);
    await this.stages.close();
  }

  #stateOf(row: RegisterFile): FileState {
    const { thumbnail } = row;
    const hasThumbnail = thumbnail !== undefined && this.store.hasWhole(thumbnail.hash);
    if (thumbnail && !hasThumbnail && !row.removed) this.transfer.ask(row.id, 'thumbnail');
    const stored = this.store.find(row.hash);
    if (stored?.isWhole && stored.receivedAt) return { place: 'received', hasThumbnail };
    if (stored?.isWhole) {
      const parcel = this.#register.ownParcels.parcelOfFile(row.hash);
      return { place: 'local', hasThumbnail, ...(parcel !== undefined && { parcel }) };
    }
    return { place: this.transfer.isAsked(row.id, 'file') ? 'awaited' : 'remote', hasThumbnail };
  }

  /** At most once per interval, the last state always. */
  #tell(): void {
    this.#revision += 1;
    if (this.#telling) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      if (!this.#register.connection.isClosed) this.#publish(this.state);
    }, TELL_INTERVAL);
  }
}
