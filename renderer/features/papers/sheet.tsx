import type { ReactNode } from 'react';
import { paperCode, shortDigest } from '#shared/papers/code.ts';
import type { PaperContent } from '#shared/schema/paper.ts';
import type { SheetItem } from './flow.ts';
import { PAPER_TEXT } from './paper-text.ts';
import { QrCode } from './qr-code.tsx';
import classes from './sheet.module.css';

/** What a sheet shows besides its content. */
export type SheetMarks = {
  /** Absent on a draft. */
  readonly digest?: string | undefined;
  /** Address of the picture in the heading. */
  readonly logo?: string | undefined;
};

type SheetProps = {
  readonly content: PaperContent;
  readonly marks: SheetMarks;
  readonly page: number;
  readonly pageCount: number;
  readonly children: ReactNode;
};

/** One page of a paper. */
export function Sheet({ content, marks, page, pageCount, children }: SheetProps) {
  return (
    <article
      className={classes.sheet}
      lang="fr"
      data-orientation={content.orientation}
      data-draft={marks.digest === undefined ? PAPER_TEXT.draft : undefined}
      data-paper-page={page}
    >
      {page > 1 && <RunningTitle content={content} />}
      <div className={classes.body}>{children}</div>
      <footer className={classes.footer}>
        <span>{PAPER_TEXT.number(content.number)}</span>
        <span>{content.heading.ministry}</span>
        <span>{PAPER_TEXT.page(page, pageCount)}</span>
      </footer>
    </article>
  );
}

export function RunningTitle({ content }: { readonly content: PaperContent }) {
  return (
    <div className={classes.running}>
      <span>{content.title}</span>
      <span>{PAPER_TEXT.of(content.date)}</span>
    </div>
  );
}

type ItemsProps = { readonly content: PaperContent; readonly marks: SheetMarks; readonly items: readonly SheetItem[] };

/** Items in their order; rows of one table share its heading. */
export function SheetItems({ content, marks, items }: ItemsProps) {
  return groups(items).map(({ key, group }) =>
    group[0]?.kind === 'row' ? (
      <Rows key={key} content={content} rows={group} />
    ) : (
      group.map((item) => <Item key={key} content={content} marks={marks} item={item} />)
    ),
  );
}

type Group = { readonly key: number; readonly group: SheetItem[] };

function groups(items: readonly SheetItem[]): Group[] {
  const found: Group[] = [];
  for (const [key, item] of items.entries()) {
    const last = found.at(-1)?.group;
    const before = last?.[0];
    if (item.kind === 'row' && before?.kind === 'row' && before.table === item.table) last?.push(item);
    else found.push({ key, group: [item] });
  }
  return found;
}

type ItemProps = { readonly content: PaperContent; readonly marks: SheetMarks; readonly item: SheetItem };

function Item({ content, marks, item }: ItemProps) {
  switch (item.kind) {
    case 'heading':
      return <Heading content={content} marks={marks} />;
    case 'title':
      return (
        <h1 className={classes.title} data-item>
          <span>{item.text}</span>
        </h1>
      );
    case 'paragraph':
      return (
        <p className={classes.paragraph} data-item>
          {item.title && <strong>{item.title}</strong>}
          {item.text}
        </p>
      );
    case 'facts':
      return <Facts item={item} />;
    case 'table-title':
      return (
        <div className={classes.tableTitle} data-item>
          {item.title && <strong>{item.title}</strong>}
          {item.text}
        </div>
      );
    case 'gap':
      return <div className={classes.gap} data-item />;
    case 'signatures':
      return <Signatures item={item} />;
    default:
      return null;
  }
}

function Heading({ content: { heading, number, date }, marks: { digest, logo } }: Omit<ItemProps, 'item'>) {
  return (
    <header className={classes.heading} data-item>
      <div className={classes.authority}>
        <div className={classes.republic}>{heading.republic}</div>
        <div className={classes.motto}>{heading.motto}</div>
        <div className={classes.rule} />
        <div className={classes.ministry}>{heading.ministry}</div>
        {heading.structure && (
          <>
            <div className={classes.rule} />
            <div className={classes.structure}>{heading.structure}</div>
          </>
        )}
      </div>
      {logo && <img className={classes.logo} src={logo} alt="" />}
      <div className={classes.marks}>
        <div className={classes.numbers}>
          <div>
            <strong>{PAPER_TEXT.number(number)}</strong>
          </div>
          <div>{PAPER_TEXT.of(date)}</div>
          {digest && (
            <div className={classes.digest}>
              {PAPER_TEXT.digest}
              <br />
              {shortDigest(digest)}
            </div>
          )}
        </div>
        {digest && (
          <QrCode className={classes.qr} value={paperCode({ number, digest })} label={PAPER_TEXT.code(number)} />
        )}
      </div>
    </header>
  );
}

function Facts({ item: { facts, isFirst, isLast } }: { readonly item: Extract<SheetItem, { kind: 'facts' }> }) {
  const edge = [isFirst && 'first', isLast && 'last'].filter(Boolean).join(' ');
  return (
    <dl className={classes.facts} data-edge={edge} data-count={facts.length} data-item>
      {facts.map(({ label, value }) => (
        <div key={label} className={classes.fact}>
          <dt>{PAPER_TEXT.label(label)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Rows({ content, rows }: { readonly content: PaperContent; readonly rows: readonly SheetItem[] }) {
  const [first] = rows;
  const table = first?.kind === 'row' ? content.tables[first.table] : undefined;
  if (!table || first?.kind !== 'row') return null;
  const { columns } = table;
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <table className={classes.table} data-table={first.table}>
      <colgroup>
        {columns.map((column, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are.
          <col key={index} style={{ width: `${(100 * column.width) / width}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(({ label, align }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are.
            <th key={index} scope="col" data-align={align}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, place) =>
          row.kind === 'row' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows stay where they are.
            <tr key={place} className={row.isTotal ? classes.total : undefined} data-item>
              {row.cells.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are.
                <td key={index} data-align={columns[index]?.align}>
                  {cell}
                </td>
              ))}
            </tr>
          ) : null,
        )}
      </tbody>
    </table>
  );
}

function Signatures({ item: { signatures, columns } }: { readonly item: Extract<SheetItem, { kind: 'signatures' }> }) {
  return (
    <div className={classes.signatures} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }} data-item>
      {signatures.map(({ label, wording, name, quality, image, signedOn }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks stay where they are.
        <div key={index} className={classes.signature}>
          <strong>{label}</strong>
          {wording && <div className={classes.wording}>{wording}</div>}
          {image ? (
            <img className={classes.drawn} src={`data:image/png;base64,${image}`} alt={PAPER_TEXT.signatureOf(name)} />
          ) : (
            <div className={classes.pen} />
          )}
          <div className={classes.signer}>{name ?? PAPER_TEXT.nameDots}</div>
          {quality && <div className={classes.quality}>{quality}</div>}
          {signedOn && <div className={classes.quality}>{PAPER_TEXT.signedOn(signedOn)}</div>}
        </div>
      ))}
    </div>
  );
}
