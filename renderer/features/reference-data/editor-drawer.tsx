import { Alert, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ErrorData } from '#shared/domain/errors.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './reference-data.module.css';
import { useFocusBack } from './use-focus-back.ts';
import { useProblem } from './use-problem.ts';

type EditorDrawerProps = {
  readonly title: string;
  readonly isReadOnly: boolean;
  readonly isRunning: boolean;
  readonly error: ErrorData | undefined;
  readonly isWide?: boolean;
  /** Beside the buttons: another thing to do with the row. */
  readonly aside?: ReactNode;
  readonly onSave: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** One row of a list at the side of the list: its fields, what stands against saving it, and two buttons. */
export function EditorDrawer(props: EditorDrawerProps) {
  const { title, isReadOnly, isRunning, error, isWide = false, aside, onSave, onClose, children } = props;
  const { t } = useText();
  const { summary } = useProblem(error);
  useFocusBack();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={isWide ? 900 : 480}
      title={title}
      attributes={{ header: { role: 'presentation' } }}
      transitionProps={{ duration: 120 }}
      overlayProps={{ backgroundOpacity: 0.25 }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      styles={{ title: { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)' } }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isReadOnly) onSave();
        }}
        noValidate
      >
        <Stack gap="md">
          <fieldset disabled={isReadOnly} className={classes.fields}>
            <Stack gap="md">{children}</Stack>
          </fieldset>
          <div className={classes.footer}>
            <Stack gap="sm">
              {summary && (
                <Alert color="red" role="alert" icon={<IconAlertTriangle />}>
                  <Text fz="sm">{summary}</Text>
                </Alert>
              )}
              {!summary && <ErrorAlert error={error} />}
              <Group justify="space-between">
                <div>{aside}</div>
                <Group gap="xs">
                  <Button variant="default" onClick={onClose}>
                    {t(isReadOnly ? 'common.close' : 'common.cancel')}
                  </Button>
                  {!isReadOnly && (
                    <Button type="submit" loading={isRunning}>
                      {t('common.save')}
                    </Button>
                  )}
                </Group>
              </Group>
            </Stack>
          </div>
        </Stack>
      </form>
    </Drawer>
  );
}
