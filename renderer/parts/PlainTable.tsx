// A table of nothing but texts: the numbers behind a chart, the batches of a plan.
import { makeStyles, tokens } from '@fluentui/react-components'

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums' },
  cell: {
    padding: '5px 16px 5px 0',
    textAlign: 'left',
    verticalAlign: 'top',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`
  }
})

export function PlainTable(props: {
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Of every cell: how it breaks its lines. */
  readonly cell: string
}) {
  const { heads, rows } = props
  const styles = useStyles()
  const cell = `${styles.cell} ${props.cell}`
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col" className={cell}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join('\t')}>
            {row.map((text, column) => (
              <td key={heads[column]} className={cell}>
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
