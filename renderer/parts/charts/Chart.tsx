// The frame of every chart: a picture with a name and its meaning in words, and the same numbers as a table on demand.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { DataBarHorizontalRegular, TableRegular } from '@fluentui/react-icons'
import { type ReactNode, useId, useState } from 'react'
import { PlainTable } from '../PlainTable.tsx'

const useStyles = makeStyles({
  figure: { margin: 0, display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: '4px 12px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  picture: { width: '100%', maxWidth: '760px', height: 'auto', fontSize: '13px', fontFamily: tokens.fontFamilyBase },
  cell: { overflowWrap: 'anywhere' }
})

interface ChartProps {
  readonly title: string
  /** What the picture says, in a sentence. */
  readonly words: string
  /** Of the drawing, in its own units; it grows and shrinks with the room. */
  readonly width: number
  readonly height: number
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly children: ReactNode
}

export function Chart({ title, words, width, height, heads, rows, children }: ChartProps) {
  const styles = useStyles()
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  return (
    <figure className={styles.figure} data-chart={title}>
      <div className={styles.head}>
        <p className={styles.title}>{title}</p>
        <Button
          size="small"
          appearance="subtle"
          icon={asTable ? <DataBarHorizontalRegular /> : <TableRegular />}
          aria-label={asTable ? `${title} as a chart` : `${title} as a table`}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'As a chart' : 'As a table'}
        </Button>
      </div>
      {asTable ? (
        <PlainTable heads={heads} rows={rows} cell={styles.cell} />
      ) : (
        <svg
          className={styles.picture}
          role="img"
          aria-labelledby={`${id}-title ${id}-words`}
          viewBox={`0 0 ${width} ${height}`}
        >
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-words`}>{words}</desc>
          {children}
        </svg>
      )}
    </figure>
  )
}
