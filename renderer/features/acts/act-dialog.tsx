import { Button, Modal, Stack } from '@mantine/core';
import { type SubmitEvent, useEffect, useMemo, useState } from 'react';
import type { Act } from '#shared/domain/lifecycle.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { useActNotice } from '../../store/act-notice.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { useSession } from '../../store/session.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';
import classes from './act-dialog.module.css';
import { valueId } from './act-field.tsx';
import { ActFields } from './act-fields.tsx';
import {
  type ActValues,
  askedFields,
  findValueProblems,
  type Place,
  proposeValues,
  toActInput,
  VALUE_ORDER,
} from './act-values.ts';
import { Consequences } from './consequences.tsx';
import { useStockPlace } from './use-stock-place.ts';

type ActDialogProps = {
  readonly act: Act;
  readonly assets: readonly Asset[];
  readonly onClose: () => void;
  readonly onDone?: () => void;
};

/** One act on one asset or many, asked for as the table of acts says (SPEC A4, A8). */
export function ActDialog({ act, assets, onClose, onDone }: ActDialogProps) {
  const { t } = useText();
  const { identity } = useSession();
  const { isKnown, place } = useStockPlace();
  const [opened] = useState(assets);
  const verb = t(`acts.verb.${act}`);
  const title =
    opened.length === 1
      ? t('acts.dialog.title', { act: verb, designation: opened[0]?.designation ?? '' })
      : t('acts.dialog.titleMany', { act: verb, count: opened.length });
  return (
    <Modal opened onClose={onClose} size={960} title={title} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {identity && isKnown && (
        <ActForm
          act={act}
          assets={opened}
          role={identity.person.role}
          stock={place}
          onClose={onClose}
          onDone={() => {
            onClose();
            onDone?.();
          }}
        />
      )}
    </Modal>
  );
}

type ActFormProps = Omit<ActDialogProps, 'onDone'> & {
  readonly role: Role;
  readonly stock: Place | undefined;
  readonly onDone: () => void;
};

function ActForm({ act, assets, role, stock, onClose, onDone }: ActFormProps) {
  const { t } = useText();
  const { announce } = useActNotice();
  const { keepsData } = useDirectory();
  const { run, isRunning, error } = useCommand('performAct');
  const [values, setValues] = useState<ActValues>(() =>
    proposeValues(act, assets, { stock, today: new Date().toISOString().slice(0, 10) }, keepsData),
  );
  const [isChecked, setChecked] = useState(false);
  const [focusRequest, setFocusRequest] = useState(0);
  const asked = useMemo(() => askedFields(act, assets, keepsData), [act, assets, keepsData]);
  const problems = findValueProblems(act, assets, values, role, keepsData);
  const input = toActInput(act, assets, values, keepsData);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a refused confirmation moves the focus.
  useEffect(() => {
    const first = focusRequest > 0 && VALUE_ORDER.find((name) => problems[name]);
    if (first) document.getElementById(valueId(first))?.focus();
  }, [focusRequest]);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(problems).length > 0) return setFocusRequest((count) => count + 1);
    const answer = await run(input);
    if (!answer) return;
    const [only] = assets;
    announce({
      actId: answer.actId,
      act,
      assetIds: input.assetIds,
      message: t('acts.done.named', {
        count: answer.changed,
        act: t(`domain.act.${act}`),
        reference: only?.reference ?? '',
      }),
      canBeUndone: true,
    });
    onDone();
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <div className={classes.columns}>
          <ActFields
            act={act}
            assets={assets}
            asked={asked}
            values={values}
            problems={isChecked ? problems : {}}
            onChange={(part) => setValues((known) => ({ ...known, ...part }))}
          />
          <div className={classes.aside}>
            <Consequences input={input} assets={assets} />
            {assets.length > 1 && <AssetNames assets={assets} />}
          </div>
        </div>
        <ErrorAlert error={error} />
        <div className={classes.footer}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={isRunning}>
            {t(`acts.verb.${act}`)}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

const NAMED = 100;

function AssetNames({ assets }: { readonly assets: readonly Asset[] }) {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard.
    <ul className={classes.assets} aria-label={t('acts.dialog.assets')} tabIndex={0}>
      {assets.slice(0, NAMED).map(({ id, reference, designation }) => (
        <li key={id}>
          <span>{reference}</span>
          <span>{designation}</span>
        </li>
      ))}
      {assets.length > NAMED && <li>{t('acts.dialog.assetsMore', { count: assets.length - NAMED })}</li>}
    </ul>
  );
}
