import {
  Accordion,
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useFieldLabel } from '../../components/use-value-text.ts';
import { fr } from '../../text/fr.ts';
import { parsePartialDate, printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';
import type { FormField } from './form-values.ts';
import { type AssetForm, fieldId } from './use-asset-form.ts';

export const SECTIONS = ['identification', 'acquisition', 'attributes', 'notes'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** Where a field that is not among the essential ones stands: its section opens when it has a problem. */
export const SECTION_OF: Partial<Record<FormField, SectionName>> = {
  inventoryNumber: 'identification',
  room: 'identification',
  acquisitionDate: 'acquisition',
  commissioningDate: 'acquisition',
  acquisitionValue: 'acquisition',
  supplier: 'acquisition',
  warrantyEnd: 'acquisition',
  attributes: 'attributes',
  notes: 'notes',
};

type MoreFieldsProps = {
  readonly form: AssetForm['form'];
  readonly open: readonly SectionName[];
  readonly onOpenChange: (open: SectionName[]) => void;
  readonly suppliers: readonly string[];
  /** What is each asset's own is left out. */
  readonly isSeries?: boolean;
};

/** What may wait: each part behind its own heading. */
export function MoreFields({ form, open, onOpenChange, suppliers, isSeries = false }: MoreFieldsProps) {
  const { t } = useText();
  const field = (name: FormField) => ({
    id: fieldId(name),
    label: t(`domain.field.${name}`),
    ...form.getInputProps(name),
  });
  const content = {
    identification: (
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {!isSeries && (
          <TextInput {...field('inventoryNumber')} description={t('assetForm.inventoryHint')} maxLength={100} />
        )}
        <TextInput {...field('room')} maxLength={100} inputWrapperOrder={['label', 'input', 'error']} />
      </SimpleGrid>
    ),
    acquisition: (
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        <DateField form={form} name="acquisitionDate" />
        <DateField form={form} name="commissioningDate" />
        <DateField form={form} name="warrantyEnd" />
        <NumberInput
          {...field('acquisitionValue')}
          description={t('assetForm.valueHint')}
          suffix={`\u00a0${t('common.francs')}`}
          thousandSeparator={'\u202f'}
          allowDecimal={false}
          allowNegative={false}
          min={0}
          max={999_999_999_999}
          hideControls
        />
        <Autocomplete {...field('supplier')} maxLength={150} data={[...suppliers]} />
      </SimpleGrid>
    ),
    attributes: <AttributeFields form={form} />,
    notes: <Textarea {...field('notes')} autosize minRows={3} maxRows={12} maxLength={4000} />,
  };
  return (
    <Accordion
      multiple
      variant="contained"
      value={[...open]}
      onChange={(values) => onOpenChange(SECTIONS.filter((section) => values.includes(section)))}
    >
      {SECTIONS.map((section) => (
        <Accordion.Item key={section} value={section}>
          <Accordion.Control>
            {isSeries && section === 'identification' ? t('domain.field.room') : t(`assetForm.section.${section}`)}
          </Accordion.Control>
          <Accordion.Panel>{content[section]}</Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

type DateName = 'acquisitionDate' | 'commissioningDate' | 'warrantyEnd';

/** A date as old papers know it: a year, a month or a day. Written out in full when the field is left. */
function DateField({ form, name }: { readonly form: AssetForm['form']; readonly name: DateName }) {
  const { t } = useText();
  const { onBlur, ...props } = form.getInputProps(name);
  return (
    <TextInput
      id={fieldId(name)}
      label={t(`domain.field.${name}`)}
      description={t('assetForm.dateHint')}
      maxLength={10}
      autoComplete="off"
      {...props}
      onBlur={(event) => {
        const date = parsePartialDate(event.currentTarget.value);
        if (date) form.setFieldValue(name, printPartialDate(date));
        onBlur?.(event);
      }}
    />
  );
}

const KNOWN_ATTRIBUTES = Object.keys(fr.domain.attribute);

function AttributeFields({ form }: { readonly form: AssetForm['form'] }) {
  const { t } = useText();
  const label = useFieldLabel();
  const rows = form.values.attributes;
  const names = [...new Set([...KNOWN_ATTRIBUTES, ...rows.map(({ name }) => name)])].filter(Boolean);
  const nameOf = (name: string) => label(`attributes.${name}`);
  return (
    <Stack gap="sm">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity while their name is being chosen.
        <Group key={index} align="end" wrap="nowrap">
          <Select
            flex={1}
            label={t('assetForm.attributeName')}
            searchable
            data={names
              .filter((name) => name === row.name || !rows.some((other) => other.name === name))
              .map((name) => ({ value: name, label: nameOf(name) }))}
            value={row.name || null}
            onChange={(name) => form.setFieldValue(`attributes.${index}.name`, name ?? '')}
          />
          <TextInput
            flex={2}
            label={t('assetForm.attributeValue')}
            maxLength={500}
            {...form.getInputProps(`attributes.${index}.value`)}
          />
          <ActionIcon
            size="lg"
            aria-label={t('assetForm.removeAttribute', { name: nameOf(row.name) })}
            onClick={() => form.removeListItem('attributes', index)}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} />}
          onClick={() => form.insertListItem('attributes', { name: '', value: '' })}
        >
          {t('assetForm.addAttribute')}
        </Button>
      </Group>
    </Stack>
  );
}
