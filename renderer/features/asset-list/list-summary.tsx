import { Button, Group, Text } from '@mantine/core';
import { sortedBy, useListView } from '../../store/list-view.tsx';
import { LOCALES } from '../../text/i18n.ts';
import { useText } from '../../text/use-text.ts';
import type { AssetList } from './use-asset-rows.ts';

/** How many assets are listed, and for which words when those that were typed are nowhere. */
export function ListSummary({ list }: { readonly list: AssetList | undefined }) {
  const { view } = useListView();
  const { facts } = list?.window ?? {};
  return (
    <Group gap="sm" align="baseline">
      <Text c="dimmed" role="status" aria-live="polite">
        {list && facts && (
          <>
            <Corrections corrections={facts.total > 0 ? facts.corrections : []} />
            <Total list={list} total={facts.total} isCorrected={facts.corrections.length > 0} />
          </>
        )}
      </Text>
      {view.text.trim() !== '' && view.sortOfFound && <BestFirst />}
    </Group>
  );
}

type CorrectionsProps = {
  readonly corrections: readonly { readonly typed: string; readonly found: readonly string[] }[];
};

function Corrections({ corrections }: CorrectionsProps) {
  const { t } = useText();
  const quote = useQuotes();
  if (corrections.length === 0) return null;
  const typed = quote(
    corrections.map((correction) => correction.typed),
    'disjunction',
  );
  const found = quote([...new Set(corrections.flatMap((correction) => correction.found))], 'disjunction');
  return `${t('assetList.corrected', { typed, found })} `;
}

type TotalProps = { readonly list: AssetList; readonly total: number; readonly isCorrected: boolean };

function Total({ list, total, isCorrected }: TotalProps) {
  const { t } = useText();
  const { text, ...filters } = list.question.filter;
  if (text && !isCorrected) return t('assetList.foundFor', { count: total, text });
  return t(text || Object.keys(filters).length > 0 ? 'assetList.found' : 'assetList.count', { count: total });
}

function BestFirst() {
  const { t } = useText();
  const { view, change } = useListView();
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      title={t('assetList.bestFirstHint')}
      onClick={() => change(sortedBy(view, undefined))}
    >
      {t('assetList.bestFirst')}
    </Button>
  );
}

/** `« a », « b » ou « c »`. */
function useQuotes(): (words: readonly string[], type: Intl.ListFormatType) => string {
  const { t, language } = useText();
  return (words, type) =>
    new Intl.ListFormat(LOCALES[language], { type }).format(words.map((text) => t('assetList.quoted', { text })));
}
