/** A labelled list to choose from, with "any" first. */
export const Choice = ({
  id,
  label,
  any,
  options,
  chosen,
}: {
  id: string
  label: string
  /** Words for no choice; null when there must be one. */
  any: string | null
  options: readonly { value: string; words: string }[]
  chosen: string | null
}) => (
  <label for={id}>
    <span>{label}</span>
    <select id={id} name={id}>
      {any !== null && <option value="">{any}</option>}
      {options.map(({ value, words }) => (
        <option value={value} selected={value === chosen}>
          {words}
        </option>
      ))}
    </select>
  </label>
)
