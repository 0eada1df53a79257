import {
  ActionIcon,
  Alert,
  Anchor,
  Button,
  Group,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconArrowLeft, IconBarcode, IconTrash } from '@tabler/icons-react';
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { MAX_ACT_ASSETS } from '#shared/domain/act.ts';
import type { AssetDraft, InitialStatus } from '#shared/domain/asset.ts';
import type { CommandOutput } from '#shared/protocol/data-port.ts';
import { SERIAL_ABSENCE_REASONS } from '#shared/schema/asset.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useDrafts } from '../../store/drafts.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';
import { addSerials, type Rejection, type SerialLine, splitSerials } from './serial-lines.ts';
import classes from './series-screen.module.css';
import { type KnownSerial, useKnownSerials } from './use-known-serials.ts';

type SeriesSerialsProps = {
  readonly draftKey: string;
  readonly draft: AssetDraft;
  readonly status: InitialStatus;
  readonly onBack: () => void;
  readonly onCreated: (created: CommandOutput['createSeries']) => void;
};

/** What is kept while another screen is looked at. */
type Entered = {
  readonly lines: readonly SerialLine[];
  readonly expected: number | string;
  readonly documentNumber: string;
  readonly absence: string;
};
const NOTHING: Entered = { lines: [], expected: '', documentNumber: '', absence: 'illegible' };

/** The serials of a series: a scanner types each one and sends Enter; what is wrong is said at once. */
export function SeriesSerials({ draftKey, draft, status, onBack, onCreated }: SeriesSerialsProps) {
  const { t } = useText();
  const drafts = useDrafts();
  // Written by this screen only, under this key.
  const [entered, setEntered] = useState(() => (drafts.get(draftKey) as Entered | undefined) ?? NOTHING);
  const [isChecked, setChecked] = useState(false);
  const { run, isRunning, error } = useCommand('createSeries');
  const scan = useRef<HTMLInputElement>(null);
  const { lines, expected, documentNumber, absence } = entered;
  const known = useKnownSerials(lines.flatMap(({ serial }) => serial ?? []));
  const isTaken = lines.some(({ serial }) => serial !== null && known.get(serial));
  const change = (part: Partial<Entered>) => {
    const next = { ...entered, ...part };
    drafts.set(draftKey, next);
    setEntered(next);
  };
  const submit = async () => {
    setChecked(true);
    if (lines.length === 0 || isTaken) return;
    const { serialNumber: _, serialAbsenceReason: __, ...model } = draft;
    const reason = SERIAL_ABSENCE_REASONS.find((name) => name === absence);
    const answer = await run({
      draft: model,
      status,
      serialNumbers: lines.map(({ serial }) => serial),
      ...(lines.some(({ serial }) => serial === null) && reason && { serialAbsenceReason: reason }),
      ...(documentNumber.trim() && { documentNumber: documentNumber.trim() }),
    });
    if (answer) onCreated(answer);
  };

  return (
    <div className={classes.page}>
      <Stack gap="md">
        <div>
          <Title order={1}>{t('series.title')}</Title>
          <Text c="dimmed" fz="sm">
            {draft.designation}
          </Text>
        </div>
        <div className={classes.columns}>
          <Stack gap="md">
            <Section title={t('series.serials')}>
              <ScanField field={scan} lines={lines} onChange={(next) => change({ lines: next })} />
            </Section>
            <Section title={t('assetForm.more')}>
              <Stack gap="sm">
                <TextInput
                  label={t('series.documentNumber')}
                  description={t('series.documentHint')}
                  maxLength={100}
                  autoComplete="off"
                  value={documentNumber}
                  onChange={(event) => change({ documentNumber: event.currentTarget.value })}
                />
                {lines.some(({ serial }) => serial === null) && (
                  <Select
                    label={t('domain.field.serialAbsenceReason')}
                    allowDeselect={false}
                    value={absence}
                    onChange={(next) => change({ absence: next ?? absence })}
                    data={SERIAL_ABSENCE_REASONS.map((value) => ({
                      value,
                      label: t(`domain.serialAbsenceReason.${value}`),
                    }))}
                  />
                )}
              </Stack>
            </Section>
          </Stack>
          <Section
            title={t('series.list')}
            aside={
              <NumberInput
                size="xs"
                label={t('series.expected')}
                className={classes.expected}
                min={1}
                max={MAX_ACT_ASSETS}
                hideControls
                allowDecimal={false}
                value={expected}
                onChange={(next) => change({ expected: next })}
              />
            }
          >
            <Progress count={lines.length} expected={Number(expected) || 0} />
            <Lines
              lines={lines}
              known={known}
              absence={absence}
              onChange={(next) => {
                change({ lines: next });
                scan.current?.focus();
              }}
            />
          </Section>
        </div>
        {isChecked && lines.length === 0 && (
          <Alert color="red" role="alert">
            {t('series.none')}
          </Alert>
        )}
        {isChecked && isTaken && (
          <Alert color="red" role="alert">
            {t('series.unresolved')}
          </Alert>
        )}
        <ErrorAlert error={error} />
        <Group justify="space-between">
          <Button variant="default" leftSection={<IconArrowLeft size={16} />} onClick={onBack}>
            {t('series.model')}
          </Button>
          <Button loading={isRunning} onClick={() => void submit()}>
            {t('series.submit', { count: lines.length })}
          </Button>
        </Group>
      </Stack>
    </div>
  );
}

type LinesProps = { readonly lines: readonly SerialLine[]; readonly onChange: (lines: readonly SerialLine[]) => void };

type ScanFieldProps = LinesProps & { readonly field: RefObject<HTMLInputElement | null> };

function ScanField({ field, lines, onChange }: ScanFieldProps) {
  const { t } = useText();
  const say = useRejectionText();
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState<{ readonly text: string; readonly isBad: boolean }>();
  const add = (serials: readonly (string | null)[]) => {
    const { lines: next, rejections } = addSerials(lines, serials);
    setTyped('');
    // The scanner types into whatever has the focus, and its Enter would press a button again.
    field.current?.focus();
    if (next.length > lines.length) onChange(next);
    const [rejection] = rejections;
    const last = next.at(-1);
    if (rejection) setSaid({ text: say(rejection), isBad: true });
    else if (last) {
      const serial = last.serial ?? t('domain.serialAbsenceReason.illegible');
      setSaid({ text: t('series.said.ok', { line: next.length, serial }), isBad: false });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (typed.trim()) add(splitSerials(typed));
  };
  const onPaste = (event: ClipboardEvent) => {
    const serials = splitSerials(event.clipboardData.getData('text'));
    if (serials.length < 2) return;
    event.preventDefault();
    add(serials);
  };
  return (
    <Stack gap="xs">
      <TextInput
        ref={field}
        className={classes.scan}
        label={t('series.scan')}
        description={t('series.serialsHint')}
        leftSection={<IconBarcode size={20} aria-hidden="true" />}
        value={typed}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <Text
        fz="sm"
        fw={550}
        role="status"
        aria-live="assertive"
        mih="1.4rem"
        c={said?.isBad ? 'var(--mantine-color-error)' : 'inherit'}
      >
        {said?.text}
      </Text>
      <Group gap="xs">
        <Button variant="default" size="xs" title={t('series.illegibleHint')} onClick={() => add([null])}>
          {t('assetForm.noSerial')}
        </Button>
      </Group>
    </Stack>
  );
}

function useRejectionText(): (rejection: Rejection) => string {
  const { t } = useText();
  return (rejection) => {
    if (rejection.kind === 'full') return t('series.said.full', { max: MAX_ACT_ASSETS });
    const { serial } = rejection;
    return rejection.kind === 'junk'
      ? t('series.said.junk', { serial })
      : t('series.said.repeated', { serial, line: rejection.line });
  };
}

function Progress({ count, expected }: { readonly count: number; readonly expected: number }) {
  const { t } = useText();
  const missing = expected - count;
  return (
    <Group gap="sm" align="baseline" mb="xs">
      <span className={classes.count}>{expected > 0 ? t('series.progressOf', { count, expected }) : count}</span>
      <Text fz="sm" c="dimmed">
        {expected === 0 && t('series.devices', { count })}
        {expected > 0 && missing > 0 && t('series.missing', { count: missing })}
        {expected > 0 && missing < 0 && t('series.tooMany', { count: -missing })}
      </Text>
    </Group>
  );
}

type KnownLinesProps = LinesProps & {
  readonly known: ReadonlyMap<string, KnownSerial>;
  readonly absence: string;
};

/** The latest first: that is the one in the hand. */
function Lines({ lines, known, absence, onChange }: KnownLinesProps) {
  const { t } = useText();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line comes into sight.
  useEffect(() => {
    if (list.current) list.current.scrollTop = 0;
  }, [lines.length]);
  if (lines.length === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {t('series.listEmpty')}
      </Text>
    );
  }
  return (
    <ul ref={list} className={classes.lines} aria-label={t('series.list')}>
      {lines
        .map((line, place) => ({ line, number: place + 1 }))
        .reverse()
        .map(({ line, number }) => (
          <li key={line.key} className={classes.line} data-bad={isKnown(line, known) || undefined}>
            <span className={classes.number}>{number}</span>
            <span className={classes.serial}>{line.serial ?? t('common.none')}</span>
            <LineState line={line} known={known} absence={absence} />
            <ActionIcon
              size="sm"
              aria-label={t('series.remove', { line: number })}
              onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </li>
        ))}
    </ul>
  );
}

function isKnown({ serial }: SerialLine, known: ReadonlyMap<string, KnownSerial>): boolean {
  return serial !== null && Boolean(known.get(serial));
}

type LineStateProps = Omit<KnownLinesProps, 'lines' | 'onChange'> & { readonly line: SerialLine };

function LineState({ line: { serial }, known, absence }: LineStateProps) {
  const { t } = useText();
  const reason = SERIAL_ABSENCE_REASONS.find((name) => name === absence) ?? 'illegible';
  const answer = serial === null ? undefined : known.get(serial);
  if (answer) {
    return (
      <Anchor component={Link} href={paths.asset(answer.id)} fz="xs" c="red">
        {t('series.status.known', { reference: answer.reference })}
      </Anchor>
    );
  }
  const text = () => {
    if (serial === null) return t('series.status.noSerial', { reason: t(`domain.serialAbsenceReason.${reason}`) });
    return answer === undefined ? t('series.status.checking') : t('series.status.ok');
  };
  return (
    <Text fz="xs" c="dimmed">
      {text()}
    </Text>
  );
}
