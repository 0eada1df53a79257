import { Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { paths } from '../../components/paths.ts';
import { useText } from '../../text/use-text.ts';
import { AgentsSection } from './agents-section.tsx';
import { ListSectionScreen } from './list-section.tsx';
import classes from './reference-data.module.css';
import { SECTIONS, type SectionName, toSection } from './sections.ts';
import { SitesSection } from './sites-section.tsx';
import { StructuresSection } from './structures-section.tsx';

/** The lists that the register works with, one at a time. */
export function ReferenceDataScreen({ section: name }: { readonly section?: string | undefined }) {
  const { t } = useText();
  const section = toSection(name);
  return (
    <Stack gap="md">
      <header>
        <Title order={1}>{t('references.title')}</Title>
        <Text fz="sm" c="dimmed">
          {t('references.intro')}
        </Text>
      </header>
      <div className={classes.screen}>
        <nav className={classes.sections} aria-label={t('references.sections')}>
          {SECTIONS.map((known) => (
            <Link
              key={known}
              href={paths.referenceSection(known)}
              className={classes.section}
              aria-current={known === section ? 'page' : undefined}
            >
              {t(`references.section.${known}`)}
            </Link>
          ))}
        </nav>
        <ShownSection key={section} section={section} />
      </div>
    </Stack>
  );
}

function ShownSection({ section }: { readonly section: SectionName }) {
  switch (section) {
    case 'structures':
      return <StructuresSection />;
    case 'sites':
      return <SitesSection />;
    case 'agents':
      return <AgentsSection />;
    default:
      return <ListSectionScreen section={section} />;
  }
}
