import { round, type Stretch, scaleOf, stepFor, ticksOf } from './scale.ts'
import { isZoomed, type Shot, type Volley } from './volley.ts'

/** Every create of a capture on a millisecond axis, drawn by the server; wide for a screen, narrow for a phone. */
export const VolleyChart = ({ volley, winner }: { volley: Volley; winner: string }) => (
  <div class="chart">
    <Drawing volley={volley} winner={winner} width={1150} size="wide" />
    <Drawing volley={volley} winner={winner} width={340} size="narrow" />
  </div>
)

type Sized = { volley: Volley; winner: string; width: number; size: 'wide' | 'narrow' }

const STRIP = 46
const HEAD = 30
const FOOT = 34

const Drawing = ({ volley, winner, width, size }: Sized) => {
  const rows = volley.shotsInFocus
  const rowHeight = rows.length > 16 ? 12 : 24
  const top = (isZoomed(volley) ? STRIP : 0) + HEAD
  const floor = top + rows.length * rowHeight + 4
  const left = size === 'wide' ? 44 : 30
  const right = width - (size === 'wide' ? 56 : 40)
  const x = scaleOf(volley.focus, left, right)
  return (
    <svg
      class={size}
      viewBox={`0 0 ${width} ${floor + FOOT}`}
      role="img"
      aria-label={sayVolley(volley, winner)}
    >
      {isZoomed(volley) && <Strip volley={volley} left={left} right={right} />}
      <Registered volley={volley} winner={winner} x={x} top={top} floor={floor} width={width} />
      {rows.map((shot, i) => (
        <Row
          shot={shot}
          x={x}
          y={top + (i + 0.5) * rowHeight + 2}
          left={left}
          right={right}
          label={rowHeight > 14 || i === 0 || isNotable(shot)}
        />
      ))}
      <Axis
        volley={volley}
        left={left}
        right={right}
        floor={floor}
        most={size === 'wide' ? 9 : 4}
      />
    </svg>
  )
}

type RowPlace = {
  shot: Shot
  x: (at: number) => number
  y: number
  left: number
  right: number
  label: boolean
}

const Row = ({ shot, x, y, left, right, label }: RowPlace) => {
  const { sent, answered } = shot
  return (
    <g class={`shot-row outcome-${shot.outcome ?? 'open'}`}>
      <title>{sayShot(shot)}</title>
      <line class="guide" x1={left} x2={right} y1={y} y2={y} />
      {label && (
        <text class="row-label" x={left - 8} y={y + 4} text-anchor="end">
          {`${shot.number}`}
        </text>
      )}
      <path class="planned" d={`M${x(shot.planned)} ${y - 5}v10`} />
      {sent !== null && answered !== null && (
        <line class="trip" x1={x(sent)} x2={x(answered)} y1={y} y2={y} />
      )}
      {sent !== null && answered === null && (
        <line class="trip silent" x1={x(sent)} x2={right} y1={y} y2={y} />
      )}
      {sent !== null && <circle class="sent" cx={x(sent)} cy={y} r="4" />}
      {answered !== null && <Answer shot={shot} x={x(answered)} y={y} />}
      {label && (
        <text class="code-label" x={right + 8} y={y + 4}>
          {shot.code ?? (sent === null ? 'not sent' : 'silent')}
        </text>
      )}
    </g>
  )
}

/** A won create ends in a diamond, any other in a bar: the shape says it without its colour. */
const Answer = ({ shot, x, y }: { shot: Shot; x: number; y: number }) =>
  shot.outcome === 'created' ? (
    <path class="answered won" d={`M${x} ${y - 7}l7 7l-7 7l-7-7z`} />
  ) : (
    <path class="answered" d={`M${x} ${y - 5}v10`} />
  )

type Placed = {
  volley: Volley
  winner: string
  x: (at: number) => number
  top: number
  floor: number
  width: number
}

/** The instant of the new registration: a line, or the whole second that its published date allows. */
const Registered = ({ volley, winner, x, top, floor, width }: Placed) => {
  if (!volley.registered) return null
  const { from, to } = volley.registered
  const wide = Math.max(2, round(x(to) - x(from)))
  const middle = x(from) + wide / 2
  const anchor = middle < 120 ? 'start' : middle > width - 120 ? 'end' : 'middle'
  return (
    <>
      <rect class="registered" x={x(from)} y={top - 6} width={wide} height={floor - top + 6} />
      <text
        class="registered-label"
        x={anchor === 'middle' ? middle : anchor === 'start' ? x(from) : x(from) + wide}
        y={top - 12}
        text-anchor={anchor}
      >
        {to > from ? `${winner}, within this second` : winner}
      </text>
    </>
  )
}

/** The whole volley in one line, with the decisive part framed. */
const Strip = ({ volley, left, right }: { volley: Volley; left: number; right: number }) => {
  const x = scaleOf(volley.whole, left, right)
  const frame = {
    from: Math.max(left, x(volley.focus.from)),
    to: Math.min(right, x(volley.focus.to)),
  }
  return (
    <>
      <text class="note" x={left} y="10">
        {`whole volley: ${volley.shots.length} creates in ${spanSeconds(volley.whole)}`}
      </text>
      <line class="axis" x1={left} x2={right} y1="30" y2="30" />
      {volley.shots.map((shot) => (
        <path class="strip-shot" d={`M${x(shot.sent ?? shot.planned)} 24v12`} />
      ))}
      <rect
        class="frame"
        x={frame.from - 3}
        y="19"
        width={Math.max(6, round(frame.to - frame.from) + 6)}
        height="22"
        rx="3"
      />
    </>
  )
}

type AxisPlace = { volley: Volley; left: number; right: number; floor: number; most: number }

const Axis = ({ volley, left, right, floor, most }: AxisPlace) => {
  const x = scaleOf(volley.focus, left, right)
  const step = stepFor(volley.focus, most)
  return (
    <>
      <line class="axis" x1={left} x2={right} y1={floor} y2={floor} />
      {ticksOf(volley.focus, step, volley.zero.at).map((at) => (
        <>
          <path class="tick" d={`M${x(at)} ${floor}v4`} />
          <text class="tick-label" x={x(at)} y={floor + 18} text-anchor="middle">
            {relativeMs(at - volley.zero.at, step)}
          </text>
        </>
      ))}
    </>
  )
}

/** Milliseconds from the decisive instant, in seconds where the steps are seconds. */
function relativeMs(ms: number, step: number): string {
  if (ms === 0) return '0'
  const sign = ms > 0 ? '+' : '−'
  const size = Math.abs(ms)
  return step >= 1000 ? `${sign}${size / 1000} s` : `${sign}${size} ms`
}

const isNotable = ({ outcome }: Shot): boolean => outcome !== 'exists'

const spanSeconds = ({ from, to }: Stretch): string =>
  to - from < 1000 ? `${to - from} ms` : `${((to - from) / 1000).toFixed(1)} s`

function sayShot({ number, planned, sent, answered, code }: Shot): string {
  if (sent === null) return `Create ${number}: not sent`
  const late = `sent ${sent - planned} ms after its plan`
  if (answered === null) return `Create ${number}: ${late}, no answer`
  return `Create ${number}: ${late}, answered ${code} after ${answered - sent} ms`
}

/** The picture in a sentence. */
function sayVolley({ shots, registered, zero }: Volley, winner: string): string {
  const sent = shots.filter((s) => s.sent !== null).length
  const when = registered ? `; ${winner} at ${new Date(zero.at).toISOString()}` : ''
  return `${sent} of ${shots.length} creates sent${when}. The table below lists each of them.`
}
