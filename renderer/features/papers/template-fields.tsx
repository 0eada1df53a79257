import {
  Checkbox,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { COLUMN_FIELDS, columnRule } from '#shared/papers/fields.ts';
import { columnsFor } from '#shared/papers/sample.ts';
import {
  ORIENTATIONS,
  type PaperTemplate,
  SIGNATORIES,
  TABLE_LINES,
  type TemplateSignature,
  type TemplateTable,
} from '#shared/papers/template.ts';
import { Section } from '../../components/section.tsx';
import { useText } from '../../text/use-text.ts';
import { ListEditor } from './list-editor.tsx';

type TemplateFieldsProps = {
  readonly template: PaperTemplate;
  readonly onChange: (template: PaperTemplate) => void;
};

/** Every part of a template that a DSI words. */
export function TemplateFields({ template, onChange }: TemplateFieldsProps) {
  const change = (part: Partial<PaperTemplate>) => onChange({ ...template, ...part });
  return (
    <>
      <HeadFields template={template} onChange={change} />
      <FactFields template={template} onChange={change} />
      <TableFields template={template} onChange={change} />
      <NoteFields template={template} onChange={change} />
      <SignatureFields template={template} onChange={change} />
    </>
  );
}

type PartProps = { readonly template: PaperTemplate; readonly onChange: (part: Partial<PaperTemplate>) => void };

function HeadFields({ template, onChange }: PartProps) {
  const { t } = useText();
  return (
    <Section title={t('papers.template.heading')}>
      <Stack gap="sm">
        <TextInput
          aria-label={t('papers.template.heading')}
          maxLength={200}
          value={template.title}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
        />
        <Group justify="space-between">
          <Text fz="sm">{t('papers.template.orientation')}</Text>
          <SegmentedControl
            aria-label={t('papers.template.orientation')}
            value={template.orientation}
            onChange={(value) => onChange({ orientation: ORIENTATIONS.find((known) => known === value) ?? 'portrait' })}
            data={ORIENTATIONS.map((value) => ({ value, label: t(`papers.template.orientations.${value}`) }))}
          />
        </Group>
        <ListEditor
          label={t('papers.template.introduction')}
          items={template.introduction}
          onChange={(introduction) => onChange({ introduction })}
          add={{ label: t('papers.template.addParagraph'), make: () => '', most: 10 }}
        >
          {(text, set) => (
            <Textarea
              aria-label={t('papers.template.introduction')}
              autosize
              minRows={2}
              maxLength={4000}
              value={text}
              onChange={(event) => set(event.currentTarget.value)}
            />
          )}
        </ListEditor>
      </Stack>
    </Section>
  );
}

function FactFields({ template, onChange }: PartProps) {
  const { t } = useText();
  return (
    <Section title={t('papers.template.facts')}>
      <ListEditor
        label={t('papers.template.facts')}
        items={template.facts}
        onChange={(facts) => onChange({ facts })}
        add={{ label: t('papers.template.addFact'), make: () => ({ label: '', value: '' }), most: 40 }}
      >
        {({ label, value }, set) => (
          <Group gap="xs" grow>
            <TextInput
              aria-label={t('papers.template.factLabel')}
              maxLength={100}
              value={label}
              onChange={(event) => set({ label: event.currentTarget.value, value })}
            />
            <TextInput
              aria-label={t('papers.template.factValue')}
              maxLength={500}
              value={value}
              onChange={(event) => set({ label, value: event.currentTarget.value })}
            />
          </Group>
        )}
      </ListEditor>
    </Section>
  );
}

function TableFields({ template, onChange }: PartProps) {
  const { t } = useText();
  const [first = 'designation'] = columnsFor(template.kind, COLUMN_FIELDS);
  return (
    <Section title={t('papers.template.tables')}>
      <ListEditor<TemplateTable>
        label={t('papers.template.tables')}
        items={template.tables}
        onChange={(tables) => onChange({ tables })}
        add={{
          label: t('papers.template.addTable'),
          make: () => ({ lines: 'all', columns: [{ field: first, width: 10 }], hasTotals: false }),
          most: 3,
        }}
      >
        {(table, set, index) => <TableEditor template={template} table={table} place={index + 1} onChange={set} />}
      </ListEditor>
    </Section>
  );
}

type TableEditorProps = {
  readonly template: PaperTemplate;
  readonly table: TemplateTable;
  readonly place: number;
  readonly onChange: (table: TemplateTable) => void;
};

function TableEditor({ template, table, place, onChange }: TableEditorProps) {
  const { t } = useText();
  const { title, introduction, ...rest } = table;
  const named = (changed: { readonly title?: string | undefined; readonly introduction?: string | undefined }) =>
    onChange({
      ...rest,
      ...(changed.title && { title: changed.title }),
      ...(changed.introduction && { introduction: changed.introduction }),
    });
  return (
    <Stack gap="xs">
      <TextInput
        label={t('papers.template.tableTitle')}
        maxLength={120}
        value={title ?? ''}
        onChange={(event) => named({ title: event.currentTarget.value, introduction })}
      />
      <Textarea
        label={t('papers.template.tableIntroduction')}
        autosize
        maxLength={4000}
        value={introduction ?? ''}
        onChange={(event) => named({ title, introduction: event.currentTarget.value })}
      />
      <Select
        label={t('papers.template.tableLines')}
        allowDeselect={false}
        data={TABLE_LINES.map((value) => ({ value, label: t(`papers.template.lines.${value}`) }))}
        value={table.lines}
        onChange={(value) => onChange({ ...table, lines: TABLE_LINES.find((known) => known === value) ?? 'all' })}
      />
      <ColumnFields template={template} table={table} place={place} onChange={onChange} />
      <Checkbox
        label={t('papers.template.totals')}
        checked={table.hasTotals}
        onChange={(event) => onChange({ ...table, hasTotals: event.currentTarget.checked })}
      />
    </Stack>
  );
}

function ColumnFields({ template, table, place, onChange }: TableEditorProps) {
  const { t } = useText();
  const fields = columnsFor(template.kind, COLUMN_FIELDS);
  const [first = 'designation'] = fields;
  return (
    <ListEditor
      label={`${t('papers.template.table', { place })}, ${t('papers.template.column')}`}
      items={table.columns}
      onChange={(columns) => onChange({ ...table, columns })}
      add={{ label: t('papers.template.addColumn'), make: () => ({ field: first, width: 10 }), most: 14 }}
    >
      {(column, set) => (
        <Group gap="xs" wrap="nowrap">
          <Select
            aria-label={t('papers.template.column')}
            allowDeselect={false}
            searchable
            flex={2}
            data={fields.map((field) => ({ value: field, label: columnRule(field).label }))}
            value={column.field}
            onChange={(value) => set({ ...column, field: fields.find((known) => known === value) ?? column.field })}
          />
          <TextInput
            aria-label={t('papers.template.columnLabel')}
            placeholder={columnRule(column.field).label}
            flex={2}
            maxLength={60}
            value={column.label ?? ''}
            onChange={(event) => {
              const { label: _, ...unnamed } = column;
              const label = event.currentTarget.value;
              set({ ...unnamed, ...(label && { label }) });
            }}
          />
          <NumberInput
            aria-label={t('papers.template.columnWidth')}
            w={70}
            min={1}
            max={100}
            allowDecimal={false}
            value={column.width}
            onChange={(width) => set({ ...column, width: Math.min(100, Math.max(1, Number(width) || 1)) })}
          />
        </Group>
      )}
    </ListEditor>
  );
}

function NoteFields({ template, onChange }: PartProps) {
  const { t } = useText();
  return (
    <Section title={t('papers.template.notes')}>
      <ListEditor
        label={t('papers.template.notes')}
        items={template.notes}
        onChange={(notes) => onChange({ notes })}
        add={{ label: t('papers.template.addNote'), make: () => ({ text: '' }), most: 10 }}
      >
        {({ title, text }, set) => (
          <Stack gap="xs">
            <TextInput
              aria-label={t('papers.template.noteTitle')}
              placeholder={t('papers.template.noteTitle')}
              maxLength={120}
              value={title ?? ''}
              onChange={(event) => {
                const named = event.currentTarget.value;
                set({ text, ...(named && { title: named }) });
              }}
            />
            <Textarea
              aria-label={t('papers.template.noteText')}
              autosize
              minRows={2}
              maxLength={4000}
              value={text}
              onChange={(event) => set({ text: event.currentTarget.value, ...(title && { title }) })}
            />
          </Stack>
        )}
      </ListEditor>
    </Section>
  );
}

function SignatureFields({ template, onChange }: PartProps) {
  const { t } = useText();
  return (
    <Section title={t('papers.template.signatures')}>
      <ListEditor<TemplateSignature>
        label={t('papers.template.signatures')}
        items={template.signatures}
        onChange={(signatures) => onChange({ signatures })}
        add={{ label: t('papers.template.addSignature'), make: () => ({ label: '', as: 'responsable' }), most: 8 }}
      >
        {({ label, as, wording, name }, set) => {
          const put = (part: { label?: string; wording?: string; name?: string; as?: typeof as }) => {
            const next = { label, as, wording, name, ...part };
            set({
              label: next.label,
              as: next.as,
              ...(next.wording && { wording: next.wording }),
              ...(next.name && { name: next.name }),
            });
          };
          return (
            <Stack gap="xs">
              <Group gap="xs" grow>
                <TextInput
                  label={t('papers.template.signatureLabel')}
                  maxLength={120}
                  value={label}
                  onChange={(event) => put({ label: event.currentTarget.value })}
                />
                <Select
                  label={t('papers.template.signatureAs')}
                  allowDeselect={false}
                  data={SIGNATORIES.map((value) => ({ value, label: t(`papers.signatory.${value}`) }))}
                  value={as}
                  onChange={(value) => put({ as: SIGNATORIES.find((known) => known === value) ?? as })}
                />
              </Group>
              <Group gap="xs" grow>
                <TextInput
                  label={t('papers.template.signatureWording')}
                  maxLength={500}
                  value={wording ?? ''}
                  onChange={(event) => put({ wording: event.currentTarget.value })}
                />
                <TextInput
                  label={t('papers.template.signatureName')}
                  maxLength={150}
                  value={name ?? ''}
                  onChange={(event) => put({ name: event.currentTarget.value })}
                />
              </Group>
            </Stack>
          );
        }}
      </ListEditor>
    </Section>
  );
}
