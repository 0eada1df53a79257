import { compact, fold } from '#shared/domain/fold.ts';
import { instantsOf } from '#shared/papers/format.ts';
import type { QuestionInput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { PaperSummary } from '#shared/protocol/papers.ts';
import type { Paper } from '#shared/schema/paper.ts';
import type { Connection } from '../sqlcipher/connection.ts';
import type { DocumentTable, DocumentWrite } from '../storage/document-table.ts';

type Row = {
  readonly paper_id: string;
  readonly number: string;
  readonly kind: Paper['kind'];
  readonly issued_at: string;
  readonly title: string;
  readonly subject: string;
  readonly author: string;
  readonly asset_count: number;
};

/**
 * What papers are found by, kept in the transaction of each paper (tables `paper_entries`, `paper_assets`): a list of
 * them reads no content.
 */
export class PaperIndex {
  readonly #connection: Connection;

  constructor(connection: Connection, papers: DocumentTable) {
    this.#connection = connection;
    papers.onWrite((write) => this.#index(write));
  }

  /** The latest first. */
  find({
    text,
    kind,
    from,
    to,
    assetId,
    actId,
    offset,
    limit,
  }: QuestionInput<'findPapers'>): QuestionOutput['findPapers'] {
    const conditions: string[] = [];
    const values: string[] = [];
    const where = (condition: string, ...parameters: string[]) => {
      conditions.push(condition);
      values.push(...parameters);
    };
    for (const word of fold(text ?? '')
      .split(' ')
      .filter(Boolean))
      where('instr(search, ?) > 0', word);
    if (kind) where('kind = ?', kind);
    if (from) where('issued_at >= ?', instantsOf(from, from).first);
    if (to) where('issued_at <= ?', instantsOf(to, to).last);
    if (actId) where('act_id = ?', actId);
    if (assetId) where('paper_id IN (SELECT paper_id FROM paper_assets WHERE asset_id = ?)', assetId);
    const rest = `FROM paper_entries ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`;
    const rows = this.#connection.all<Row>(
      `SELECT paper_id, number, kind, issued_at, title, subject, author, asset_count ${rest}
        ORDER BY issued_at DESC, paper_id DESC LIMIT ? OFFSET ?`,
      [...values, limit, offset],
    );
    return {
      total: this.#connection.value<number>(`SELECT count(*) ${rest}`, values) ?? 0,
      papers: rows.map(toSummary),
    };
  }

  byNumber(number: string): string | undefined {
    return this.#connection.value<string>('SELECT paper_id FROM paper_entries WHERE number = ?', [number]);
  }

  #index({ current }: DocumentWrite): void {
    // Commands and the exchange check papers before they are written.
    const paper = current as unknown as Paper;
    const { id, number, kind, issuedAt, title, subject, author, actId, assetCount, assets } = paper;
    this.#connection.run(
      `INSERT OR REPLACE INTO paper_entries
        (paper_id, number, kind, issued_at, title, subject, author, act_id, asset_count, search)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [id, number, kind, issuedAt, title, subject, author.name, actId ?? null, assetCount, searchText(paper)],
    );
    for (const asset of assets) {
      this.#connection.run('INSERT OR IGNORE INTO paper_assets (asset_id, paper_id) VALUES (?, ?)', [asset.id, id]);
    }
  }
}

/** Words of the heading of a list, and the number without its separators. */
function searchText({ number, title, subject, author, assets }: Paper): string {
  const references = assets.length <= 20 ? assets.map(({ reference }) => reference) : [];
  return `${fold([number, title, subject, author.name, ...references].join(' '))} ${compact(number)}`;
}

function toSummary(row: Row): PaperSummary {
  return {
    id: row.paper_id,
    number: row.number,
    kind: row.kind,
    issuedAt: row.issued_at,
    title: row.title,
    subject: row.subject,
    author: row.author,
    assetCount: row.asset_count,
  };
}
