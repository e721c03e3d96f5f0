import type { Forecast } from '../../domain/forecast.ts'
import { spanWords } from '../../events/time-words.ts'
import { lengthWords } from '../relative.ts'
import { percentWords } from '../words.ts'
import { type Shape, shapeOf } from './forecast-shape.ts'
import { dayWords, isDaily, round, scaleOf, stepFor, ticksOf, tickWords } from './scale.ts'

export type ForecastDrawing = {
  forecast: Forecast
  now: Date
  /** Planned creates, epoch milliseconds. */
  shots: readonly number[]
  /** Room on a wide page, in pixels, so that words come out in their own size. */
  wide: number
}

/** When a name can drop, drawn by the server: once for a wide page and once for a phone, so that its words stay readable. */
export const ForecastChart = (drawing: ForecastDrawing) => {
  const shape = shapeOf(drawing.forecast, drawing.now.getTime())
  if (!shape) return <p class="empty">The forecast holds no drop: {drawing.forecast.reason}</p>
  return (
    <div class="chart">
      <Drawing {...drawing} shape={shape} width={drawing.wide} height={168} size="wide" />
      <Drawing {...drawing} shape={shape} width={340} height={150} size="narrow" />
    </div>
  )
}

type Sized = ForecastDrawing & {
  shape: Shape
  width: number
  height: number
  size: 'wide' | 'narrow'
}

const TOP = 24
const FOOT = 40

const Drawing = ({ forecast, now, shots, shape, width, height, size }: Sized) => {
  const x = scaleOf(shape.shown, 1, width - 1)
  const floor = height - FOOT
  const nowX = Math.min(width - 1, Math.max(1, x(now.getTime())))
  const visibleShots = shots.filter((at) => at >= shape.shown.from && at <= shape.shown.to)
  return (
    <svg
      class={size}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={sayForecast(forecast)}
    >
      {shape.now.where === 'inside' && (
        <rect class="past" x="0" y={TOP} width={nowX} height={floor - TOP} />
      )}
      {shape.bars.map((bar) => {
        const tall = Math.max(3, bar.height * (floor - TOP - 4))
        const wide = Math.max(1.5, round(x(bar.to) - x(bar.from)))
        return (
          <rect
            class="bar"
            x={x(bar.from)}
            y={round(floor - tall)}
            width={wide}
            height={round(tall)}
          >
            <title>{`${percentWords(bar.probability)}, ${spanWords(new Date(bar.from), new Date(bar.to))}`}</title>
          </rect>
        )
      })}
      <line class="axis" x1="0" x2={width} y1={floor} y2={floor} />
      {visibleShots.map((at) => (
        <path class="shot" d={`M${x(at)} ${floor + 2}v6`} />
      ))}
      <Ticks shape={shape} width={width} floor={floor} most={size === 'wide' ? 8 : 4} />
      <Now shape={shape} x={nowX} width={width} floor={floor} />
      {shape.later >= 0.005 && (
        <text class="note" x={width - 2} y={floor - 6} text-anchor="end">
          {`${percentWords(shape.later)} later →`}
        </text>
      )}
    </svg>
  )
}

const Ticks = ({
  shape,
  width,
  floor,
  most,
}: {
  shape: Shape
  width: number
  floor: number
  most: number
}) => {
  const x = scaleOf(shape.shown, 1, width - 1)
  const step = stepFor(shape.shown, most)
  const ticks = ticksOf(shape.shown, step).filter((at) => x(at) > 16 && x(at) < width - 16)
  let day = ''
  return (
    <>
      {ticks.map((at) => {
        const today = dayWords(at)
        const isNewDay = today !== day
        day = today
        return (
          <>
            <path class="tick" d={`M${x(at)} ${floor}v4`} />
            <text class="tick-label" x={x(at)} y={floor + 20} text-anchor="middle">
              {tickWords(at, step)}
            </text>
            {isNewDay && !isDaily(step) && (
              <text class="day-label" x={x(at)} y={floor + 35} text-anchor="middle">
                {today}
              </text>
            )}
          </>
        )
      })}
    </>
  )
}

const Now = ({
  shape,
  x,
  width,
  floor,
}: {
  shape: Shape
  x: number
  width: number
  floor: number
}) => {
  const { where, at } = shape.now
  if (where === 'before')
    return (
      <text class="now-label" x="2" y="14">
        {`← now, ${lengthWords(shape.shown.from - at)} before`}
      </text>
    )
  if (where === 'after')
    return (
      <text class="now-label" x={width - 2} y="14" text-anchor="end">
        {`now, ${lengthWords(at - shape.shown.to)} after →`}
      </text>
    )
  const anchor = x < 30 ? 'start' : x > width - 30 ? 'end' : 'middle'
  return (
    <>
      <line class="now" x1={x} x2={x} y1={TOP - 6} y2={floor} />
      <text class="now-label" x={x} y="14" text-anchor={anchor}>
        now
      </text>
    </>
  )
}

/** The picture in a sentence. */
export function sayForecast({ segments, never, reason }: Forecast): string {
  const [first, last] = [segments[0], segments.at(-1)]
  if (!first || !last) return `No drop expected. ${reason}`
  const likely = segments.reduce((best, s) => (s.probability > best.probability ? s : best))
  return (
    `Can drop ${spanWords(new Date(first.from), new Date(last.to))}, ` +
    `most likely ${spanWords(new Date(likely.from), new Date(likely.to))} (${percentWords(likely.probability)}); ` +
    `${percentWords(never)} not this time.`
  )
}
