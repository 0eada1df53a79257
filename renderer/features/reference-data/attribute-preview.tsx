import { NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { DateTextInput } from '../../components/date-text-input.tsx';
import { useText } from '../../text/use-text.ts';
import type { AttributeDraft } from './attribute-drafts.ts';
import classes from './reference-data.module.css';

/** The characteristics as whoever registers an asset will see them; what is typed here goes nowhere. */
export function AttributePreview({ attributes }: { readonly attributes: readonly AttributeDraft[] }) {
  const { t } = useText();
  return (
    <section className={classes.preview} aria-label={t('references.editor.preview')}>
      <Text fw={600}>{t('references.editor.preview')}</Text>
      <Text fz="xs" c="dimmed" mb="sm">
        {attributes.length > 0 ? t('references.editor.previewText') : t('references.editor.noAttributes')}
      </Text>
      <Stack gap="xs">
        {attributes.map((attribute) => (
          <PreviewField key={`${attribute.id} ${attribute.kind}`} attribute={attribute} />
        ))}
      </Stack>
    </section>
  );
}

function PreviewField({ attribute }: { readonly attribute: AttributeDraft }) {
  const { t } = useText();
  const [date, setDate] = useState('');
  const { kind, unit, choices, isRequired } = attribute;
  const label = unit && kind === 'number' ? `${attribute.label} (${unit})` : attribute.label;
  const field = { size: 'xs', label: label || '…', required: isRequired } as const;
  switch (kind) {
    case 'number':
      return <NumberInput {...field} thousandSeparator={'\u202f'} hideControls />;
    case 'choice':
      return <Select {...field} data={[...new Set(choices)]} clearable={false} placeholder={t('assetForm.choose')} />;
    case 'boolean':
      return (
        <Select
          {...field}
          placeholder={t('assetForm.choose')}
          data={[
            { value: 'true', label: t('common.yes') },
            { value: 'false', label: t('common.no') },
          ]}
        />
      );
    case 'date':
      return <DateTextInput {...field} placeholder={t('references.hint.date')} value={date} onChange={setDate} />;
    default:
      return <TextInput {...field} autoComplete="off" />;
  }
}
