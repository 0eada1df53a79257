import { Alert, Anchor, Button, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { ErrorData } from '#shared/domain/errors.ts';
import { PAPER_KINDS, type PaperKind } from '#shared/domain/lifecycle.ts';
import { dayOf } from '#shared/papers/format.ts';
import type { QuestionOutput } from '#shared/protocol/data-port.ts';
import { MAX_PREVIEW_LINES } from '#shared/protocol/papers.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { TreeSelect } from '../../components/tree-select.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useDirectory } from '../../store/directory.tsx';
import { useCommand } from '../../store/use-command.ts';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import { askedBy, emptyDraft, type PaperDraft, toRequest, withKind } from './paper-draft.ts';
import { PaperPages } from './paper-pages.tsx';
import classes from './papers.module.css';
import { SignatureFields } from './signature-fields.tsx';
import { SourceFields } from './source-fields.tsx';
import { useLogo } from './use-logo.ts';
import { usePaperRefusal } from './use-paper-refusal.ts';

type NewPaperScreenProps = {
  readonly kind?: PaperKind | undefined;
  readonly actId?: string | undefined;
  readonly assetId?: string | undefined;
};

/** Milliseconds without a key before the preview follows. */
const PAUSE = 300;

/** A paper is chosen, filled in and looked at; then it is made once and for all. */
export function NewPaperScreen({ kind = 'assignment-slip', actId, assetId }: NewPaperScreenProps) {
  const { t } = useText();
  const [today] = useState(() => dayOf(new Date().toISOString()));
  const [draft, setDraft] = useState<PaperDraft>(() => ({
    ...emptyDraft(kind, today),
    ...(actId && { source: 'act', actId }),
    ...(assetId && { source: 'assets', assetIds: [assetId] }),
  }));
  const change = (part: Partial<PaperDraft>) => setDraft((known) => ({ ...known, ...part }));
  const [asked] = useDebouncedValue(draft, PAUSE);
  const request = useMemo(() => toRequest(asked), [asked]);
  const answer = useQuestion('previewPaper', request);
  const preview = request && readyValue(answer);
  const shown = preview?.template.kind === draft.kind ? preview : undefined;
  return (
    <Stack gap="md">
      <header>
        <Anchor component={Link} href={paths.papers} fz="sm">
          ← {t('papers.view.back')}
        </Anchor>
        <Title order={1}>{t('papers.make.title')}</Title>
        <Text fz="sm" c="dimmed">
          {t('papers.make.intro')}
        </Text>
      </header>
      <div className={classes.making}>
        <Stack gap="md">
          <Section title={t('papers.make.source')}>
            <Stack gap="sm">
              <Select
                label={t('papers.make.kind')}
                allowDeselect={false}
                maxDropdownHeight={420}
                data={PAPER_KINDS.map((value) => ({ value, label: t(`papers.kind.${value}`) }))}
                value={draft.kind}
                onChange={(value) =>
                  setDraft(withKind(draft, PAPER_KINDS.find((known) => known === value) ?? draft.kind, today))
                }
              />
              <SourceFields draft={draft} onChange={change} />
              <IssuerField draft={draft} onChange={change} />
            </Stack>
          </Section>
          {shown && <Rest draft={draft} preview={shown} onChange={change} />}
          <Submit
            draft={draft}
            isAhead={draft !== asked}
            preview={shown}
            error={answer.state === 'error' ? answer.error : undefined}
          />
        </Stack>
        <Preview preview={shown} />
      </div>
    </Stack>
  );
}

type PartProps = { readonly draft: PaperDraft; readonly onChange: (part: Partial<PaperDraft>) => void };
type Shown = QuestionOutput['previewPaper'];

function IssuerField({ draft, onChange }: PartProps) {
  const { t } = useText();
  const { structures, usualStructureId } = useDirectory();
  return (
    <TreeSelect
      label={t('papers.make.issuer')}
      tree={structures}
      value={draft.issuerId || usualStructureId || null}
      onChange={(issuerId) => onChange({ issuerId: issuerId ?? '' })}
    />
  );
}

function Rest({ draft, preview, onChange }: PartProps & { readonly preview: Shown }) {
  const { t } = useText();
  const refusal = usePaperRefusal();
  const asked = askedBy(preview.template);
  const { signatures } = preview.content;
  const problems = new Map(
    preview.problems.map(({ block, problem }) => [block, refusal.ofSignature(problem, signatures[block]?.label)]),
  );
  return (
    <>
      {asked.length > 0 && (
        <Section title={t('papers.make.asked')}>
          <Stack gap="sm">
            <Text fz="sm" c="dimmed">
              {t('papers.make.askedHint')}
            </Text>
            {asked.map((name) => (
              <TextInput
                key={name}
                label={capitalised(name)}
                autoComplete="off"
                maxLength={500}
                value={draft.asked[name] ?? ''}
                onChange={(event) => onChange({ asked: { ...draft.asked, [name]: event.currentTarget.value } })}
              />
            ))}
          </Stack>
        </Section>
      )}
      {signatures.length > 0 && (
        <Section title={t('papers.make.signatures')}>
          <Stack gap="sm">
            <Text fz="sm" c="dimmed">
              {t('papers.make.signaturesHint')}
            </Text>
            <SignatureFields
              blocks={signatures}
              signatures={draft.signatures}
              problems={problems}
              onChange={(next) => onChange({ signatures: next })}
            />
          </Stack>
        </Section>
      )}
    </>
  );
}

type SubmitProps = {
  readonly draft: PaperDraft;
  /** True while the preview still shows what was said before. */
  readonly isAhead: boolean;
  readonly preview: Shown | undefined;
  readonly error: ErrorData | undefined;
};

function Submit({ draft, isAhead, preview, error }: SubmitProps) {
  const { t } = useText();
  const notify = useNotify();
  const refusal = usePaperRefusal();
  const [, navigate] = useLocation();
  const command = useCommand('issuePaper');
  const request = toRequest(draft);
  const refused = command.error ?? (request && error);
  const why = refused && refusal.ofError(refused, preview?.content.signatures ?? []);
  // What is shown is what will be made.
  const isReady = request !== undefined && !isAhead && preview !== undefined && preview.problems.length === 0 && !error;

  const submit = async () => {
    if (!request || !isReady) return;
    const issued = await command.run(request);
    if (!issued) return;
    notify(t('papers.make.done', { number: issued.number }));
    navigate(paths.paper(issued.id));
  };

  return (
    <Stack gap="xs">
      {why && (
        <Alert color="red" role="alert">
          {why}
        </Alert>
      )}
      {!why && <ErrorAlert error={refused} />}
      {!isReady && !refused && (
        <Text fz="sm" c="dimmed" role="status">
          {t('papers.make.incomplete')}
        </Text>
      )}
      <Button
        leftSection={<IconFileCheck size={18} />}
        loading={command.isRunning}
        disabled={!isReady}
        onClick={() => void submit()}
      >
        {t('papers.make.submit')}
      </Button>
    </Stack>
  );
}

function Preview({ preview }: { readonly preview: Shown | undefined }) {
  const { t } = useText();
  const logo = useLogo(preview?.content.heading.logo);
  return (
    <div className={classes.preview}>
      {preview && preview.lineCount > MAX_PREVIEW_LINES && (
        <Text fz="sm" c="dimmed" mb="xs">
          {t('papers.make.cut', { shown: MAX_PREVIEW_LINES, count: preview.lineCount })}
        </Text>
      )}
      {preview ? (
        <PaperPages label={t('papers.make.preview')} content={preview.content} marks={{ logo }} />
      ) : (
        <Text c="dimmed" p="xl" ta="center">
          {t('papers.make.previewEmpty')}
        </Text>
      )}
    </div>
  );
}

/** Placeholders are written small, labels begin with a capital. */
function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
