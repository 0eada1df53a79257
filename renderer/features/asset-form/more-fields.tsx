import { Accordion, SimpleGrid, Textarea } from '@mantine/core';
import { useText } from '../../text/use-text.ts';
import { AttributeFields } from './attribute-fields.tsx';
import { FieldInput } from './field-input.tsx';
import { layoutOf, SECTIONS, type SectionName } from './form-fields.ts';
import { LinkFields } from './link-fields.tsx';
import { type AssetForm, fieldId } from './use-asset-form.ts';

type MoreFieldsProps = {
  readonly form: AssetForm['form'];
  readonly open: readonly SectionName[];
  readonly onOpenChange: (open: SectionName[]) => void;
  /** What is each asset's own is left out. */
  readonly isSeries?: boolean;
  /** The record at hand, where it exists. */
  readonly ownId?: string | undefined;
};

/** What may wait: each part behind its own heading. */
export function MoreFields({ form, open, onOpenChange, isSeries = false, ownId }: MoreFieldsProps) {
  const { t } = useText();
  const { sections } = layoutOf(form.values.nature);
  const shown = SECTIONS.filter((section) => sections[section]);
  const title = (section: SectionName) => {
    if (isSeries && section === 'identification') return t('domain.field.room');
    return section === 'identification' ? identification() : t(`natures.section.${section}`);
  };
  const identification = () => {
    const { nature } = form.values;
    return nature === 'licence' || nature === 'consumable'
      ? t(`natures.section.identification.${nature}`)
      : t('assetForm.section.identification');
  };
  return (
    <Accordion
      multiple
      variant="contained"
      value={[...open]}
      onChange={(values) => onOpenChange(SECTIONS.filter((section) => values.includes(section)))}
    >
      {shown.map((section) => (
        <Accordion.Item key={section} value={section}>
          <Accordion.Control>{title(section)}</Accordion.Control>
          <Accordion.Panel>
            <SectionContent section={section} form={form} isSeries={isSeries} ownId={ownId} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

type SectionContentProps = Pick<MoreFieldsProps, 'form' | 'ownId'> & {
  readonly section: SectionName;
  readonly isSeries: boolean;
};

/** Of one asset alone. */
const OWN: ReadonlySet<string> = new Set(['inventoryNumber']);

function SectionContent({ section, form, isSeries, ownId }: SectionContentProps) {
  const { t } = useText();
  const names = layoutOf(form.values.nature).sections[section] ?? [];
  switch (section) {
    case 'attributes':
      return <AttributeFields form={form} />;
    case 'notes':
      return (
        <Textarea
          id={fieldId('notes')}
          label={t('domain.field.notes')}
          {...form.getInputProps('notes')}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={4000}
        />
      );
    case 'links':
      return <LinkFields form={form} names={names} ownId={ownId} />;
    default:
      return (
        <SimpleGrid cols={{ base: 1, md: section === 'identification' ? 2 : 3 }} verticalSpacing="sm">
          {names
            .filter((name) => !isSeries || !OWN.has(name))
            .map((name) => (
              <FieldInput key={name} form={form} name={name} />
            ))}
        </SimpleGrid>
      );
  }
}
