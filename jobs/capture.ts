import { z } from 'zod'
import type { JobKind } from './queue.ts'

const Payload = z.object({ captureId: z.uuid(), round: z.number().int() })
export type CapturePayload = z.infer<typeof Payload>

/**
 * Race one capture. It arrives minutes before the window. The sweep rings once a round while the capture has no catcher, so
 * that a dead catcher's race is taken up; the lease in the database lets one of them in.
 */
export const captureJob: JobKind<CapturePayload> = {
  kind: 'capture',
  payload: Payload,
  id: ({ captureId, round }) => `capture-${captureId}-${round}`,
  options: { attempts: 1 },
}
