import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconCircleCheck } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { AssetDraft } from '#shared/domain/asset.ts';
import type { CommandOutput } from '#shared/protocol/data-port.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { ActPapers } from '../../components/act-papers.tsx';
import { paths } from '../../components/paths.ts';
import { EmptyScreen } from '../../components/screen-state.tsx';
import { Section } from '../../components/section.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { useDrafts } from '../../store/drafts.tsx';
import { useSelection } from '../../store/selection.tsx';
import { useText } from '../../text/use-text.ts';
import { EssentialFields } from './essential-fields.tsx';
import { focusFirstProblem } from './focus-problem.ts';
import { type SectionName, sectionOf } from './form-fields.ts';
import { initialStatus, toDraft } from './form-values.ts';
import { MoreFields } from './more-fields.tsx';
import { NewKinds } from './new-kinds.tsx';
import classes from './series-screen.module.css';
import { SeriesSerials } from './series-serials.tsx';
import { useAssetForm } from './use-asset-form.ts';

type Created = CommandOutput['createSeries'];
/** Where the serials read so far are kept while another screen is looked at. */
const SERIALS = 'series-serials';

/** Equal equipment that came together: the model once, then the serials one after the other, then one act of entry. */
export function SeriesForm({ like }: { readonly like?: Asset }) {
  const drafts = useDrafts();
  const { contentOfType } = useDirectory();
  const model = useAssetForm({ kind: 'series', ...(like && { like }) });
  const [step, setStep] = useState<'model' | 'serials'>('model');
  const [created, setCreated] = useState<Created>();
  if (created) {
    return (
      <SeriesDone
        created={created}
        onAgain={() => {
          setCreated(undefined);
          setStep('model');
        }}
      />
    );
  }
  if (step === 'model') return <ModelStep model={model} like={like} onNext={() => setStep('serials')} />;
  const {
    serialNumber: _,
    serialAbsenceReason: __,
    ...draft
  } = toDraft(model.form.values, undefined, contentOfType(model.form.values.typeCode).attributes);
  return (
    <SeriesSerials
      draftKey={SERIALS}
      // The step before does not let it pass otherwise.
      draft={draft as AssetDraft}
      status={initialStatus(model.form.values)}
      onBack={() => setStep('model')}
      onCreated={(answer) => {
        drafts.delete(SERIALS);
        model.forgetDraft();
        setCreated(answer);
      }}
    />
  );
}

type ModelStepProps = {
  readonly model: ReturnType<typeof useAssetForm>;
  readonly like: Asset | undefined;
  readonly onNext: () => void;
};

function ModelStep({ model: { form }, like, onNext }: ModelStepProps) {
  const { t } = useText();
  const [, navigate] = useLocation();
  const [openSections, setOpenSections] = useState<readonly SectionName[]>(['acquisition']);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { hasErrors, errors } = form.validate();
    if (!hasErrors) return onNext();
    const needed = Object.keys(errors).flatMap((field) => sectionOf('hardware', field) ?? []);
    setOpenSections((open) => [...new Set([...open, ...needed])]);
    requestAnimationFrame(() => focusFirstProblem('hardware', errors));
  };
  return (
    <form noValidate onSubmit={submit} className={classes.page}>
      <Stack gap="md">
        <div>
          <Group justify="space-between" align="start">
            <Title order={1}>{t('series.title')}</Title>
            <NewKinds current="series" />
          </Group>
          <Text c="dimmed" fz="sm">
            {like ? t('series.fromAsset', { reference: like.reference }) : t('series.intro')}
          </Text>
        </div>
        <Section title={t('series.model')}>
          <EssentialFields form={form} isNew isSeries />
        </Section>
        <MoreFields form={form} open={openSections} onOpenChange={setOpenSections} isSeries />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => navigate(paths.assets)}>
            {t('common.cancel')}
          </Button>
          <Button type="submit">{t('common.next')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function SeriesDone({ created, onAgain }: { readonly created: Created; readonly onAgain: () => void }) {
  const { t } = useText();
  const [, navigate] = useLocation();
  const { replace } = useSelection();
  const ids = created.assets.map(({ id }) => id);
  const choose = () => {
    replace(ids);
    navigate(paths.assets);
  };
  return (
    <EmptyScreen
      icon={<IconCircleCheck size={32} />}
      title={t('series.doneTitle', { count: ids.length })}
      text={t('series.doneText', {
        first: created.assets[0]?.reference ?? '',
        last: created.assets.at(-1)?.reference ?? '',
      })}
    >
      <ActPapers actId={created.actId} act="entry" assetIds={ids} />
      <Button mt="sm" onClick={choose} data-autofocus autoFocus>
        {t('series.select')}
      </Button>
      <Group gap="xs">
        <Button variant="default" leftSection={<IconArrowLeft size={16} />} component={Link} href={paths.assets}>
          {t('series.seeList')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('series.another')}
        </Button>
      </Group>
    </EmptyScreen>
  );
}
