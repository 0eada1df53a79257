import { Text } from '@mantine/core';
import { FieldList } from '../../components/field-list.tsx';
import { Section } from '../../components/section.tsx';
import { useFilesState } from '../../store/use-files.ts';
import { formatBytes } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';

/** Photos and documents: how many are here, and what the agency does not have yet. */
export function FilesFigures() {
  const { t, language } = useText();
  const state = useFilesState();
  if (!state || state.stored.bytes === 0) return null;
  const { stored, waiting, active } = state;
  const share = active && active.total > 0 ? Math.floor((100 * active.done) / active.total) : 0;
  return (
    <Section title={t('files.title')}>
      <Text c="dimmed" fz="sm" mb="xs">
        {t('files.figures.text')}
      </Text>
      <FieldList
        rows={[
          {
            label: t('files.figures.waiting'),
            value:
              waiting.bytes === 0
                ? t('files.figures.none')
                : t('files.figures.count', { count: waiting.files, size: formatBytes(waiting.bytes, language) }),
          },
          {
            label: t('files.figures.stored'),
            value: t('files.figures.count', { count: stored.files, size: formatBytes(stored.bytes, language) }),
          },
          ...(active
            ? [{ label: t('files.figures.active'), value: t(`files.travels.${active.direction}`, { share }) }]
            : []),
        ]}
      />
    </Section>
  );
}
