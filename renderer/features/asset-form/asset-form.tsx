import { Alert, Anchor, Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import { type KeyboardEvent, type SubmitEvent, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { AssetDraft } from '#shared/domain/asset.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useDirectory } from '../../store/directory.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';
import classes from './asset-form.module.css';
import { EssentialFields } from './essential-fields.tsx';
import { focusFirstProblem } from './focus-problem.ts';
import { type FormNature, type SectionName, sectionOf } from './form-fields.ts';
import { forNext, initialStatus, toChanges, toDraft } from './form-values.ts';
import { MoreFields } from './more-fields.tsx';
import { NewKinds } from './new-kinds.tsx';
import { OtherEssentialFields } from './other-essential-fields.tsx';
import { fieldId, useAssetForm } from './use-asset-form.ts';

type AssetFormProps = {
  readonly asset?: Asset;
  readonly like?: Asset;
  /** Of a new record. */
  readonly nature?: FormNature;
};

/** Registers an asset, or edits one: what is essential is enough, the rest may wait (SPEC A5). */
export function AssetForm({ asset, like, nature = 'hardware' }: AssetFormProps) {
  const { t } = useText();
  const notify = useNotify();
  const [, navigate] = useLocation();
  const { contentOfType } = useDirectory();
  const { form, isRestored, isDirty, restart, forgetDraft } = useAssetForm(
    asset ? { kind: 'edit', base: asset } : { kind: 'new', nature: like?.nature ?? nature, ...(like && { like }) },
  );
  const create = useCommand('createAsset');
  const update = useCommand('updateAsset');
  const [openSections, setOpenSections] = useState<readonly SectionName[]>(
    asset ? ['identification', 'acquisition'] : [],
  );
  const [isLeaving, setLeaving] = useState(false);
  const [focusRequest, setFocusRequest] = useState(0);
  const problems = Object.keys(form.errors).length;
  const { typeCode } = form.values;
  const definitions = typeCode ? contentOfType(typeCode).attributes : [];
  const isAsked = definitions.some(({ isRequired }) => isRequired);
  useEffect(() => {
    // What the type asks for is not left behind a heading.
    if (isAsked) setOpenSections((open) => (open.includes('attributes') ? open : [...open, 'attributes']));
  }, [isAsked]);
  const back = asset ? paths.asset(asset.id) : paths.assets;

  // After a refused save, once a closed section had time to open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a refused save moves the focus, not every change of the errors.
  useEffect(() => {
    if (focusRequest > 0) focusFirstProblem(form.values.nature, form.errors);
  }, [focusRequest]);

  const save = async (isSeries: boolean) => {
    const { hasErrors, errors } = form.validate();
    if (hasErrors) {
      const needed = Object.keys(errors).flatMap((field) => sectionOf(form.values.nature, field) ?? []);
      setOpenSections((open) => [...new Set([...open, ...needed])]);
      setFocusRequest((count) => count + 1);
      return;
    }
    if (asset) await saveChanges(asset);
    else await saveNew(isSeries);
  };
  const saveChanges = async (base: Asset) => {
    const changes = toChanges(form.values, base, definitions);
    if (Object.keys(changes).length > 0 && !(await update.run({ id: base.id, changes }))) return;
    forgetDraft();
    notify(t(Object.keys(changes).length > 0 ? 'assetForm.saved' : 'assetForm.nothingChanged'));
    navigate(back);
  };
  const saveNew = async (isSeries: boolean) => {
    // Checked just above: every required field is there.
    const draft = toDraft(form.values, undefined, definitions) as AssetDraft;
    const answer = await create.run({ draft, status: initialStatus(form.values) });
    if (!answer) return;
    notify(t('assetForm.created', { reference: answer.reference }));
    if (!isSeries) {
      forgetDraft();
      navigate(paths.asset(answer.id));
      return;
    }
    restart(forNext(form.values));
    document.getElementById(fieldId(form.values.nature === 'hardware' ? 'serialNumber' : 'brand'))?.focus();
  };

  const leave = () => {
    forgetDraft();
    navigate(back);
  };
  const cancel = () => (isDirty ? setLeaving(true) : leave());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save(false);
    } else if (event.key === 'Escape' && !event.defaultPrevented && !isListOpen(event.target)) {
      cancel();
    }
  };
  const isHardware = form.values.nature === 'hardware';
  const isRunning = create.isRunning || update.isRunning;
  const introduction = () => {
    if (asset) return `${asset.designation} · ${asset.reference}`;
    if (like) return t('series.fromAsset', { reference: like.reference });
    return form.values.nature === 'hardware' ? t('assetForm.intro') : t(`natures.intro.${nature}`);
  };

  return (
    <form
      className={classes.form}
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        void save(false);
      }}
    >
      <Stack gap="md">
        <div>
          <Group justify="space-between" align="start">
            <Title order={1}>{t(asset ? 'assetForm.editTitle' : 'assetForm.createTitle')}</Title>
            {!asset && <NewKinds current={nature} />}
          </Group>
          <Text c="dimmed" fz="sm">
            {introduction()}
          </Text>
        </div>
        {isRestored && (
          <Alert color="gray" icon={<IconHistory />} role="status">
            {t('assetForm.draftFound')}{' '}
            <Anchor component="button" type="button" inherit onClick={() => restart()}>
              {t('assetForm.startOver')}
            </Anchor>
          </Alert>
        )}
        <Section title={t('assetForm.requiredSection')}>
          {isHardware ? (
            <EssentialFields form={form} isNew={!asset} />
          ) : (
            <OtherEssentialFields form={form} isNew={!asset} />
          )}
        </Section>
        <MoreFields form={form} open={openSections} onOpenChange={setOpenSections} ownId={asset?.id} />
        <ErrorAlert error={create.error ?? update.error} />
      </Stack>
      <div className={classes.footer}>
        <Text fz="sm" c="red" role="status" aria-live="polite" className={classes.problems}>
          {problems > 0 && (
            <>
              <IconAlertTriangle size={16} aria-hidden="true" /> {t('assetForm.problems', { count: problems })}
            </>
          )}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={cancel}>
            {t('common.cancel')}
          </Button>
          {!asset && (
            <Button variant="default" disabled={isRunning} onClick={() => void save(true)}>
              {t('assetForm.saveAndNew')}
            </Button>
          )}
          <Button type="submit" loading={isRunning}>
            {t('common.save')}
          </Button>
        </Group>
      </div>
      <Modal
        opened={isLeaving}
        onClose={() => setLeaving(false)}
        title={t('assetForm.discard')}
        withCloseButton={false}
      >
        <Text>{t('assetForm.discardText')}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setLeaving(false)} data-autofocus>
            {t('assetForm.keep')}
          </Button>
          <Button color="red" onClick={leave}>
            {t('assetForm.discardConfirm')}
          </Button>
        </Group>
      </Modal>
    </form>
  );
}

/** Escape first closes an open list of choices. */
function isListOpen(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true';
}
