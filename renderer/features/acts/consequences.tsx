import { Text, Title } from '@mantine/core';
import { type ActInput, applyAct } from '#shared/domain/act.ts';
import { diffFields } from '#shared/domain/journal.ts';
import { ruleOf } from '#shared/domain/lifecycle.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatQuantity, formatSigned } from '../../text/format.ts';
import { LOCALES } from '../../text/i18n.ts';
import { useText } from '../../text/use-text.ts';
import classes from './act-dialog.module.css';

type ConsequencesProps = { readonly input: ActInput; readonly assets: readonly Asset[] };

/** What the act will do, said before it is done, and the papers that it asks for. */
export function Consequences({ input, assets }: ConsequencesProps) {
  const { t, language } = useText();
  const [only] = assets;
  const { papers } = ruleOf(input.act);
  return (
    <section className={classes.consequences} aria-label={t('acts.dialog.consequences')}>
      <Title order={3}>{t('acts.dialog.consequences')}</Title>
      {assets.length === 1 && only ? (
        <OneAsset input={input} asset={only} />
      ) : (
        <ManyAssets input={input} assets={assets} />
      )}
      {papers.length > 0 && (
        <Text fz="sm" mt="sm">
          {t('acts.dialog.papers', {
            count: papers.length,
            papers: new Intl.ListFormat(LOCALES[language]).format(papers.map((paper) => t(`acts.paper.${paper}`))),
          })}
        </Text>
      )}
    </section>
  );
}

const FIRST = ['status', 'holderName', 'holderKind', 'structureId', 'siteId', 'room'];

/** What matters most comes first. */
function placeOf(field: string): number {
  const place = FIRST.indexOf(field);
  return place < 0 ? FIRST.length : place;
}

/** Exactly what the command will write. */
function OneAsset({ input, asset }: { readonly input: ActInput; readonly asset: Asset }) {
  const { t } = useText();
  const label = useFieldLabel();
  const text = useValueText();
  if (input.quantity !== undefined) return <StockAfter input={input} asset={asset} />;
  const changes = diffFields(asset, applyAct(asset, input)).sort((a, b) => placeOf(a.field) - placeOf(b.field));
  if (changes.length === 0) return <Text fz="sm">{t('acts.dialog.nothing')}</Text>;
  const words = (field: string, value: unknown) => text(field, value) ?? t('common.notFilled');
  return (
    <dl className={classes.changes}>
      {changes.map(({ field, from, to }) => (
        <div key={field}>
          <dt>{label(field)}</dt>
          <dd>
            <s>{words(field, from)}</s> → <strong>{words(field, to)}</strong>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function stockAfter(act: ActInput['act'], stock: number, quantity: number): number {
  if (act === 'stock-count') return quantity;
  return act === 'issue' ? stock - quantity : stock + quantity;
}

/** What there will be of a consumable, before it is taken out or counted. */
function StockAfter({ input: { act, quantity = 0 }, asset }: { readonly input: ActInput; readonly asset: Asset }) {
  const { t } = useText();
  const stocks = readyValue(useQuestion('getStocks', { ids: [asset.id] }, 'movements'));
  if (!stocks) return null;
  const stock = stocks[asset.id] ?? 0;
  const value = (count: number) => ({ value: formatQuantity(count, asset.unit) });
  const after = stockAfter(act, stock, quantity);
  return (
    <>
      <Text fz="sm">{t('natures.stock.known', value(stock))}</Text>
      {act === 'stock-count' && (
        <Text fz="sm">{t('natures.stock.difference', { value: formatSigned(quantity - stock) })}</Text>
      )}
      {act === 'issue' && after < 0 ? (
        <Text fz="sm" c="red" role="alert">
          {t('natures.stock.notEnough', value(stock))}
        </Text>
      ) : (
        <Text fz="sm" fw={600}>
          {t('natures.stock.after', value(after))}
        </Text>
      )}
    </>
  );
}

function ManyAssets({ input, assets }: ConsequencesProps) {
  const { t } = useText();
  const text = useValueText();
  const lines = useLines(input, assets);
  const to = input.status ?? ruleOf(input.act).to[0];
  const from = [...new Set(assets.map(({ status }) => text('status', status)))].join(', ');
  const values = { count: assets.length, reference: '', from, to: text('status', to) ?? '' };
  const isSame = assets.every(({ status }) => status === to);
  return (
    <ul>
      <li>{isSame ? t('acts.dialog.sentence.same', values) : t('acts.dialog.sentence.status', values)}</li>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function useLines(input: ActInput, assets: readonly Asset[]): readonly string[] {
  const { t } = useText();
  const text = useValueText();
  const results = assets.map((asset) => applyAct(asset, input));
  const isStored = results.every(({ status }) => status === 'in-stock') && !input.holderKind;
  const holder =
    input.holderKind && [input.holderName, text('holderKind', input.holderKind)].filter(Boolean).join(', ');
  const place = [text('structureId', input.structureId), text('siteId', input.siteId), input.room].filter(Boolean);
  const destination = text('destinationStructureId', input.destinationStructureId);
  const date = text('returnDate', input.returnDate);
  const state = text('physicalState', input.physicalState);
  return [
    holder && t('acts.dialog.sentence.holder', { holder }),
    isStored && t('acts.dialog.sentence.noHolderMany'),
    place.length > 0 && t('acts.dialog.sentence.place', { place: place.join(' · ') }),
    destination && t('acts.dialog.sentence.destination', { destination }),
    date && t('acts.dialog.sentence.returnDate', { date }),
    state && t('acts.dialog.sentence.state', { state }),
  ].flatMap((line) => line || []);
}
