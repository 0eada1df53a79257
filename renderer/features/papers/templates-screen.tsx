import { Anchor, Button, FileButton, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { map } from 'rxjs';
import { Link } from 'wouter';
import { isAllowed } from '#shared/domain/roles.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { LoadingScreen } from '../../components/screen-state.tsx';
import { Section } from '../../components/section.tsx';
import { useSession } from '../../store/session.tsx';
import { useCommand } from '../../store/use-command.ts';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import classes from './papers.module.css';
import { pictureOf } from './use-logo.ts';

/** The wording of every paper, and the picture in their heading. */
export function TemplatesScreen() {
  const { t } = useText();
  const answer = useQuestion('getPaperTemplates', {}, 'references');
  if (answer.state === 'loading') return <LoadingScreen />;
  if (answer.state === 'error') return <ErrorAlert error={answer.error} />;
  return (
    <Stack gap="md" maw={900}>
      <header>
        <Anchor component={Link} href={paths.papers} fz="sm">
          ← {t('papers.view.back')}
        </Anchor>
        <Title order={1}>{t('papers.template.title')}</Title>
        <Text fz="sm" c="dimmed">
          {t('papers.template.intro')}
        </Text>
      </header>
      <Section title={t('papers.templates')}>
        <DataTable>
          <tbody>
            {answer.value.map(({ template, isOwn }) => (
              <tr key={template.kind}>
                <td>
                  <Anchor component={Link} href={paths.paperTemplate(template.kind)} fz="sm">
                    {t(`papers.kind.${template.kind}`)}
                  </Anchor>
                </td>
                <td>
                  {isOwn ? t('papers.template.own', { version: template.version }) : t('papers.template.shipped')}
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      </Section>
      <LogoSection />
    </Stack>
  );
}

const MAX_BYTES = 100 * 1024;

function LogoSection() {
  const { t } = useText();
  const { identity } = useSession();
  const { run, isRunning, error } = useCommand('savePaperLogo');
  const [isBad, setBad] = useState(false);
  const current = readyValue(
    useLiveQuery('current logo', (database) =>
      database.references
        .findOne({ selector: { kind: 'logo', active: true } })
        .$.pipe(map((row) => (row ? pictureOf(row.toJSON().content) : null))),
    ),
  );
  const mayChange = identity !== null && isAllowed(identity.person.role, 'reference.update');
  const choose = async (file: File | null) => {
    if (!file) return;
    const isFit = file.size <= MAX_BYTES && ['image/png', 'image/jpeg'].includes(file.type);
    setBad(!isFit);
    if (isFit) await run({ image: await toBase64(file) });
  };
  return (
    <Section title={t('papers.template.logo')}>
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t('papers.template.logoHint')}
        </Text>
        {current ? (
          <img className={classes.logo} src={current} alt={t('papers.template.logo')} />
        ) : (
          <Text fz="sm">{t('papers.template.logoNone')}</Text>
        )}
        {isBad && (
          <Text fz="sm" c="red" role="alert">
            {t('papers.template.logoBad')}
          </Text>
        )}
        <ErrorAlert error={error} />
        {mayChange && (
          <Group gap="xs">
            <FileButton accept="image/png,image/jpeg" onChange={(file) => void choose(file)}>
              {(props) => (
                <Button {...props} variant="default" loading={isRunning}>
                  {t('papers.template.logoChoose')}
                </Button>
              )}
            </FileButton>
            {current && (
              <Button variant="subtle" onClick={() => void run({ image: null })}>
                {t('papers.template.logoRemove')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Section>
  );
}

async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
