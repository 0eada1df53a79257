import { Alert, Button, Group, Switch, Text, TextInput } from '@mantine/core';
import { IconFileImport, IconPlus, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { Section } from '../../components/section.tsx';
import { useSession } from '../../store/session.tsx';
import { useText } from '../../text/use-text.ts';
import { ImportDialog } from './import-dialog.tsx';
import classes from './reference-data.module.css';
import { useMayEdit } from './rights.ts';
import { type SectionName, TARGET_OF_SECTION } from './sections.ts';

/** What is looked for in a list. */
export type ListFilter = { readonly search: string; readonly withRetired: boolean };

type SectionFrameProps = {
  readonly section: SectionName;
  readonly filter: ListFilter;
  readonly onFilter: (filter: ListFilter) => void;
  readonly onAdd: () => void;
  /** Besides the search. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
};

/** What every list has: what it is for, a search, what is no longer in use, adding and importing. */
export function SectionFrame({ section, filter, onFilter, onAdd, tools, children }: SectionFrameProps) {
  const { t } = useText();
  const mayEdit = useMayEdit(section);
  const [isImporting, setImporting] = useState(false);
  const target = TARGET_OF_SECTION[section];
  const buttons = (
    <Group gap="xs" wrap="nowrap">
      {target && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFileImport size={16} />}
          onClick={() => setImporting(true)}
        >
          {t('references.import')}
        </Button>
      )}
      <Button size="xs" leftSection={<IconPlus size={16} />} onClick={onAdd}>
        {t(`references.add.${section}`)}
      </Button>
    </Group>
  );
  return (
    <Section title={t(`references.section.${section}`)} aside={mayEdit && buttons}>
      <Text fz="sm" c="dimmed" mb="sm">
        {t(`references.about.${section}`)}
      </Text>
      {!mayEdit && <ReadOnlyNote section={section} />}
      <div className={classes.toolbar}>
        <TextInput
          className={classes.search}
          size="xs"
          aria-label={t('references.search')}
          placeholder={t('references.search')}
          leftSection={<IconSearch size={15} />}
          value={filter.search}
          onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
          autoComplete="off"
        />
        <Switch
          size="xs"
          label={t('references.withRetired')}
          checked={filter.withRetired}
          onChange={(event) => onFilter({ ...filter, withRetired: event.currentTarget.checked })}
        />
        {tools}
      </div>
      {children}
      {isImporting && target && <ImportDialog target={target} onClose={() => setImporting(false)} />}
    </Section>
  );
}

function ReadOnlyNote({ section }: { readonly section: SectionName }) {
  const { t } = useText();
  const { identity } = useSession();
  if (!identity) return null;
  const role = t(`domain.role.${identity.person.role}`);
  return (
    <Alert color="gray" mb="sm">
      {t(section === 'agents' ? 'references.readOnlyAgents' : 'references.readOnly', { role })}
    </Alert>
  );
}

/** A list with nothing to show, and why. */
export function NothingThere({ section, search }: { readonly section: SectionName; readonly search: string }) {
  const { t } = useText();
  const text = search.trim();
  return (
    <Text fz="sm" c="dimmed" py="md" role="status">
      {text ? t('references.nothingFound', { text }) : t(`references.empty.${section}`)}
    </Text>
  );
}
