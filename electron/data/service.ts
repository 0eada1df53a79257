import type {
  CommandInput,
  CommandName,
  CommandOutput,
  EndpointState,
  PortEvent,
  QuestionInput,
  QuestionName,
  QuestionOutput,
  SyncState,
} from '#shared/protocol/data-port.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import { performAct, undoAct } from './commands/act-commands.ts';
import { createAsset, createSeries, updateAsset, updateAssets } from './commands/asset-commands.ts';
import { readAssets } from './commands/assets.ts';
import { ImportCommands } from './commands/import-commands.ts';
import { attachAssets, detachAsset } from './commands/link-commands.ts';
import { mergeAssets } from './commands/merge-assets.ts';
import { removeView, saveView } from './commands/view-commands.ts';
import { RegisterFiles } from './files/register-files.ts';
import { FleetQuestion } from './fleet/ask-fleet.ts';
import { registerAt } from './journal/as-at.ts';
import { verifyJournal } from './journal/check.ts';
import { findInterventions } from './links/intervention-index.ts';
import { findShortages } from './links/shortages.ts';
import { issuePaper, previewPaper } from './papers/issue-paper.ts';
import { checkPaper, getPaper } from './papers/read-paper.ts';
import { recentActs } from './papers/recent-acts.ts';
import { getPaperTemplates, savePaperLogo, savePaperTemplate } from './papers/templates.ts';
import { ParcelCommands } from './parcels/parcel-commands.ts';
import { ReferenceImports } from './reference-data/import/reference-imports.ts';
import { saveAgent, saveReference, saveSite, saveStructure } from './reference-data/save.ts';
import type { Register } from './register.ts';
import { Endpoint } from './replication/endpoint.ts';
import { HttpClient, type Transport } from './replication/http-client.ts';
import { Replicator } from './replication/replicator.ts';
import { decideReview, decideReviews, takeReview } from './reviews/decide.ts';
import { getReviewFacts } from './reviews/facts.ts';
import { getLateDecisions, noteLateDecisionsSeen } from './reviews/late-decisions.ts';
import { undoDecision } from './reviews/undo-decision.ts';
import { findAlerts, getDashboard } from './search/dashboard.ts';
import { findTwins } from './search/twins.ts';
import { LicenceKeys } from './secrets/licence-keys.ts';
import { makeTransferReceipt, readTransfer, receiveTransfer } from './transfers/receive.ts';
import { confirmTransfer, getTransfers, makeTransferFile } from './transfers/send.ts';

/** Milliseconds without a question before the next ones are prepared for. */
const QUIET = 1500;
/** Room for a question between two letters, in milliseconds. */
const BETWEEN_LETTERS = 20;

type CommandHandlers = {
  readonly [Name in CommandName]: (input: CommandInput<Name>) => CommandOutput[Name] | Promise<CommandOutput[Name]>;
};
/** The register answers at once; only what the endpoint has to be asked for takes its time. */
type QuestionHandlers = {
  readonly [Name in QuestionName]: (
    input: QuestionInput<Name>,
  ) => Name extends 'getFleet' ? Promise<QuestionOutput[Name]> : QuestionOutput[Name];
};

type ServiceOptions = {
  /** Whether this is the passphrase of the register; without it no licence key is ever kept. */
  readonly verifyPassphrase?: (passphrase: string) => Promise<boolean>;
  /** HTTP unless told otherwise. */
  readonly transport?: Transport;
};

/** Everything that runs on one open register: commands, questions, replication. Windows attach to it through ports. */
export class RegisterService {
  readonly register: Register;
  readonly commands: CommandHandlers;
  readonly questions: QuestionHandlers;
  readonly replicator: Replicator;
  readonly files: RegisterFiles;
  readonly #transport: Transport;
  readonly #licenceKeys: LicenceKeys;
  readonly #listeners = new Set<(event: PortEvent) => void>();
  readonly #stopWatching: () => void;
  #isTidied = false;
  #preparing: NodeJS.Timeout | undefined;
  /** The running check of the journal; an older one stops. */
  #journalCheck = 0;

  constructor(register: Register, { verifyPassphrase, transport = new HttpClient() }: ServiceOptions = {}) {
    this.register = register;
    this.#transport = transport;
    this.#licenceKeys = new LicenceKeys(register, verifyPassphrase);
    const endpoint = new Endpoint(transport);
    const fleet = new FleetQuestion(register, endpoint);
    const { carry } = transport;
    const line = carry && { post: transport.post.bind(transport), carry: carry.bind(transport) };
    this.files = new RegisterFiles(register, line, (state) => this.#publish({ event: 'files', state }));
    this.replicator = new Replicator(register, endpoint, (state) => {
      this.#publish({ event: 'sync', state });
      this.#giveWay(state);
    });
    const imports = new ImportCommands(register, (progress) => this.#publish({ event: 'import', progress }));
    const referenceImports = new ReferenceImports(register);
    const parcels = new ParcelCommands(register, this.files.store, () => {
      this.#publish({ event: 'sync', state: this.replicator.state });
      this.files.noteReceipts();
    });
    this.commands = {
      createAsset: (input) => createAsset(register, input),
      createSeries: (input) => createSeries(register, input),
      updateAsset: (input) => updateAsset(register, input),
      updateAssets: (input) => updateAssets(register, input),
      receiveTransfer: (input) => receiveTransfer(register, input),
      confirmTransfer: (input) => confirmTransfer(register, input),
      mergeAssets: (input) => mergeAssets(register, input),
      performAct: (input) => performAct(register, input),
      undoAct: (input) => undoAct(register, input),
      writeLicenceKey: (input) => this.#licenceKeys.write(input),
      revealLicenceKey: (input) => this.#licenceKeys.reveal(input),
      attachAssets: (input) => attachAssets(register, input),
      detachAsset: (input) => detachAsset(register, input),
      issuePaper: (input) => issuePaper(register, input),
      savePaperTemplate: (input) => savePaperTemplate(register, input),
      savePaperLogo: (input) => savePaperLogo(register, input),
      saveStructure: (input) => saveStructure(register, input),
      saveSite: (input) => saveSite(register, input),
      saveReference: (input) => saveReference(register, input),
      saveAgent: (input) => saveAgent(register, input),
      previewReferences: (input) => referenceImports.preview(input),
      commitReferences: (input) => referenceImports.commit(input),
      decideReview: (input) => decideReview(register, input),
      decideReviews: (input) => decideReviews(register, input),
      undoDecision: (input) => undoDecision(register, input),
      takeReview: (input) => takeReview(register, input),
      noteLateDecisionsSeen: (input) => noteLateDecisionsSeen(register, input),
      ...this.files.commands,
      saveView: (input) => saveView(register, input),
      removeView: (input) => removeView(register, input),
      previewImport: (input) => imports.preview(input),
      commitImport: (input) => imports.commit(input),
      cancelImport: (input) => imports.cancel(input),
      verifyJournal: () => this.#verifyJournal(),
      cancelJournalCheck: () => {
        this.#journalCheck += 1;
        return null;
      },
      makeParcel: (input) => parcels.make(input),
      sealFilePart: (input) => parcels.sealFiles(input),
      takeParcelFiles: (input) => parcels.take(input),
      dropCarried: (input) => parcels.drop(input),
      sendCarried: () => this.replicator.sendCarried(),
      enrol: (input) => this.enrol(input),
      syncNow: () => this.replicator.syncNow(),
      setTraffic: (settings) => {
        register.traffic.settings = settings;
        this.replicator.wake();
        return trafficState(register);
      },
      pauseFirstLoad: ({ isPaused }) => {
        this.replicator.pauseFirstLoad(isPaused);
        return null;
      },
      loadSnapshot: ({ bytes }) => this.replicator.loadFile(bytes),
    };
    this.questions = {
      findAssets: (input) => {
        this.#tidyLater();
        this.#prepareLater();
        return register.firstLetters.find(input);
      },
      getDashboard: () => getDashboard(register.assetList),
      getAlerts: () => findAlerts(register.assetList),
      summariseAssets: (input) => register.assetList.summarise(input),
      getAssets: ({ ids }) => readAssets(register, ids),
      registerAt: (input) => registerAt(register, input),
      findEntries: ({ field, value, ...stretch }) => register.journalIndex.ofValue(field, value, stretch),
      getTransfers: () => getTransfers(register),
      makeTransferFile: (input) => makeTransferFile(register, input),
      readTransfer: (input) => readTransfer(register, input),
      makeTransferReceipt: (input) => makeTransferReceipt(register, input),
      findTwins: ({ id }) => findTwins(register, id),
      hasLicenceKey: ({ assetId }) => this.#licenceKeys.has(assetId),
      findLinked: ({ kind, id, ...stretch }) => register.linkIndex.find(kind, id, stretch),
      countLinked: ({ kind, ids }) => register.linkIndex.count(kind, ids),
      getStocks: ({ ids }) => register.stockIndex.ofAll(ids),
      findInterventions: ({ assetId }) => findInterventions(register, assetId),
      findShortages: (input) => findShortages(register, input),
      findPapers: (input) => register.paperIndex.find(input),
      getPaper: (input) => getPaper(register, input),
      previewPaper: (input) => previewPaper(register, input),
      checkPaper: (input) => checkPaper(register, input),
      recentActs: (input) => recentActs(register, input),
      getPaperTemplates: () => getPaperTemplates(register),
      getReviewFacts: (input) => getReviewFacts(register, input),
      getLateDecisions: () => getLateDecisions(register),
      getFleet: () => fleet.ask(),
      getParcels: () => parcels.get(),
      getCarriedAnswers: () => ({ files: register.carriedFiles.answers() }),
      ...this.files.questions,
      getIdentity: () => register.identity.get(),
      getSyncState: () => this.replicator.state,
      getTraffic: () => trafficState(register),
      getAssetSync: ({ id }) => assetSync(register, id),
      getEntriesSync: ({ ids }) => Object.fromEntries(ids.map((id) => [id, endpointState(register, 'movements', id)])),
      getActAssets: ({ actId }) => ({ assetIds: register.journalIndex.ofAct(actId).map(({ assetId }) => assetId) }),
    };
    this.#stopWatching = register.onLocalWrite(() => {
      this.files.transfer.pause();
      this.replicator.noteLocalChange();
    });
    this.replicator.start();
  }

  async enrol(input: CommandInput<'enrol'>): Promise<CommandOutput['enrol']> {
    const identity = await this.replicator.enrol(input);
    this.#publish({ event: 'identity', identity });
    return identity;
  }

  /** What the profile prepared: enrols a new desktop as soon as the network lets it, follows an endpoint that moved. */
  followProfile(input: { readonly server: string; readonly code?: string; readonly deviceName: string }): void {
    const { server, code, deviceName } = input;
    if (this.register.identity.get()) this.moveTo(server);
    else if (code) void this.replicator.enrolWhenPossible(() => this.enrol({ server, code, deviceName }));
  }

  /** The endpoint has another address. */
  moveTo(server: string): void {
    const before = this.register.identity.get();
    if (!before || before.server === server) return;
    this.register.identity.moveTo(server);
    this.#publish({ event: 'identity', identity: this.register.identity.get() });
    this.replicator.reconnect();
  }

  /** Calls back with every event for windows; returns the function that stops it. */
  onEvent(listener: (event: PortEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    clearTimeout(this.#preparing);
    this.#stopWatching();
    await this.files.close();
    await this.replicator.close();
    this.#transport.close();
    this.register.close();
  }

  /** SPEC F1: files travel only while no row does, or waits to. */
  #giveWay({ phase, waiting }: SyncState): void {
    if (phase === 'idle' && waiting === 0) this.files.transfer.resume();
    else this.files.transfer.pause();
  }

  #verifyJournal(): Promise<CommandOutput['verifyJournal']> {
    this.#journalCheck += 1;
    const mine = this.#journalCheck;
    return verifyJournal(this.register, {
      isCancelled: () => mine !== this.#journalCheck || this.register.connection.isClosed,
      publish: (progress) => this.#publish({ event: 'journal-check', progress }),
    });
  }

  /** Once, after the first list is on its way to the window. */
  #tidyLater(): void {
    if (this.#isTidied) return;
    this.#isTidied = true;
    setImmediate(() => {
      try {
        if (!this.register.connection.isClosed) this.register.assetIndex.tidy();
      } catch {
        // A full or read-only disk: what was to be dropped is harmless, and the next opening tries again.
      }
    });
  }

  /** In a quiet moment, a letter at a time, for as long as nobody asks for anything. */
  #prepareLater(wait = QUIET): void {
    clearTimeout(this.#preparing);
    this.#preparing = setTimeout(() => {
      if (this.register.connection.isClosed) return;
      try {
        if (this.register.firstLetters.prepare()) this.#prepareLater(BETWEEN_LETTERS);
      } catch {
        // Nobody asked: whoever does is told.
      }
    }, wait);
    this.#preparing.unref();
  }

  #publish(event: PortEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** What a row that waits takes on the wire, in bytes: half of an edit with its entry, measured on assets. */
const BYTES_OF_ROW = 50;

function trafficState({ traffic, waiting, environment }: Register): QuestionOutput['getTraffic'] {
  const pausedBy = traffic.pausedBy();
  return {
    settings: traffic.settings,
    today: traffic.today,
    total: traffic.total,
    estimate: waiting.count() * BYTES_OF_ROW,
    ...(pausedBy && { pausedBy, until: new Date(environment.now() + traffic.untilFree()).toISOString() }),
  };
}

function assetSync(register: Register, id: string): QuestionOutput['getAssetSync'] {
  const state = endpointState(register, 'assets', id);
  const waiting = state === 'sent' ? register.waiting.get('assets', id) : undefined;
  const parcel = waiting && register.ownParcels.parcelOf('assets', id, waiting.localSeq);
  if (parcel !== undefined) return { state, parcel };
  const receipt = state === 'received' ? register.waiting.receipt('assets', id) : undefined;
  return receipt ? { state, receipt: receipt.seq, receivedAt: receipt.receivedAt } : { state };
}

function endpointState(register: Register, collection: CollectionName, id: string): EndpointState {
  const waiting = register.waiting.get(collection, id);
  if (waiting?.isRefused) return 'refused';
  if (waiting) return register.ownParcels.parcelOf(collection, id, waiting.localSeq) === undefined ? 'local' : 'sent';
  return register.waiting.receipt(collection, id) ? 'received' : 'local';
}
