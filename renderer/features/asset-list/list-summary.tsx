import { Button, Group, Text } from '@mantine/core';
import { useListView } from '../../store/list-view.tsx';
import { LOCALES } from '../../text/i18n.ts';
import { useText } from '../../text/use-text.ts';
import type { ListFacts } from './row-window.ts';
import type { AssetList } from './use-asset-rows.ts';

/** How many assets are listed, and for which words when those that were typed are nowhere. */
export function ListSummary({ list }: { readonly list: AssetList | undefined }) {
  const { view } = useListView();
  const facts = list?.window.facts;
  return (
    <Group gap="sm" align="baseline">
      {/* An empty list says it at length, in its place. */}
      <Text c="dimmed" role="status" aria-live="polite" className={facts?.total === 0 ? 'visually-hidden' : undefined}>
        {list && facts && (
          <>
            <Corrections facts={facts} />
            <Total list={list} facts={facts} />
          </>
        )}
      </Text>
      {view.text.trim() !== '' && view.sortOfFound && <BestFirst />}
    </Group>
  );
}

function Corrections({ facts: { total, corrections } }: { readonly facts: ListFacts }) {
  const { t } = useText();
  const { quote, join } = useQuotes();
  if (corrections.length === 0 || total === 0) return null;
  const typed = join(
    corrections.map((correction) => quote(correction.typed)),
    'conjunction',
  );
  const found = join(
    corrections.map((correction) => join(correction.found.map(quote), 'disjunction')),
    'conjunction',
  );
  return (
    <>
      {t('assetList.nowhere', { typed })}{' '}
      <Text span inherit c="bright">
        {t('assetList.instead', { found })}
      </Text>{' '}
    </>
  );
}

function Total({ list, facts: { total, corrections } }: { readonly list: AssetList; readonly facts: ListFacts }) {
  const { t } = useText();
  const { text, ...filters } = list.question.filter;
  if (text && corrections.length === 0) return t('assetList.foundFor', { count: total, text });
  return t(text || Object.keys(filters).length > 0 ? 'assetList.found' : 'assetList.count', { count: total });
}

function BestFirst() {
  const { t } = useText();
  const { sortBy } = useListView();
  return (
    <Button size="compact-xs" variant="subtle" title={t('assetList.bestFirstHint')} onClick={() => sortBy(undefined)}>
      {t('assetList.bestFirst')}
    </Button>
  );
}

/** `« a », « b » ou « c »`. */
function useQuotes() {
  const { t, language } = useText();
  return {
    quote: (text: string) => t('assetList.quoted', { text }),
    join: (parts: readonly string[], type: Intl.ListFormatType) =>
      new Intl.ListFormat(LOCALES[language], { type }).format(parts),
  };
}
