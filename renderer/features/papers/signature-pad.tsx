import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type PointerEvent, useRef, useState } from 'react';
import { MAX_SIGNATURE_BYTES } from '#shared/schema/paper.ts';
import { useText } from '../../text/use-text.ts';
import classes from './papers.module.css';

type SignaturePadProps = {
  readonly label: string;
  readonly onClose: () => void;
  /** PNG, base64. */
  readonly onSign: (image: string) => void;
};

/** Pixels of the picture; on paper it stands 15 mm high. */
const WIDTH = 600;
const HEIGHT = 200;
const PEN = 4;

/** A frame to sign in with a mouse, a finger or a stylus. */
export function SignaturePad({ label, onClose, onSign }: SignaturePadProps) {
  const { t } = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isEmpty, setEmpty] = useState(true);

  const draw = ({ nativeEvent, currentTarget, buttons, type }: PointerEvent<HTMLCanvasElement>) => {
    const context = currentTarget.getContext('2d');
    if (!context || buttons === 0) return;
    const scale = WIDTH / currentTarget.clientWidth;
    const [x, y] = [nativeEvent.offsetX * scale, (nativeEvent.offsetY * HEIGHT) / currentTarget.clientHeight];
    if (type === 'pointerdown') {
      currentTarget.setPointerCapture(nativeEvent.pointerId);
      Object.assign(context, { lineWidth: PEN, lineCap: 'round', lineJoin: 'round', strokeStyle: '#0a1a5c' });
      context.beginPath();
      context.moveTo(x, y);
    }
    context.lineTo(x, y);
    context.stroke();
    setEmpty(false);
  };

  const clear = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, WIDTH, HEIGHT);
    setEmpty(true);
  };

  return (
    <Modal opened onClose={onClose} size="lg" title={label} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t('papers.make.drawHint')}
        </Text>
        <canvas
          ref={canvas}
          className={classes.pad}
          width={WIDTH}
          height={HEIGHT}
          role="img"
          aria-label={t('papers.make.signHere', { label })}
          onPointerDown={draw}
          onPointerMove={draw}
        />
        <Group justify="space-between">
          <Button variant="subtle" onClick={clear} disabled={isEmpty}>
            {t('papers.make.clearSignature')}
          </Button>
          <Button disabled={isEmpty} onClick={() => canvas.current && onSign(pictureOf(canvas.current))}>
            {t('papers.make.keepSignature')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** A scrawl that fills the frame is drawn smaller until it is small enough to be kept. */
function pictureOf(canvas: HTMLCanvasElement): string {
  for (const scale of [1, 0.6, 0.4]) {
    const image = encode(canvas, scale);
    if ((image.length * 3) / 4 <= MAX_SIGNATURE_BYTES) return image;
  }
  return encode(canvas, 0.25);
}

function encode(source: HTMLCanvasElement, scale: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(source.width * scale);
  canvas.height = Math.round(source.height * scale);
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
