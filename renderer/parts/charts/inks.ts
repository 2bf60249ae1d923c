// The colours of the charts: those of the states everywhere else, and the system's own where it forces its contrast.
import { makeStyles, tokens } from '@fluentui/react-components'

const forced = '@media (forced-colors: active)'

export const useInks = makeStyles({
  text: { fill: tokens.colorNeutralForeground1, [forced]: { fill: 'CanvasText' } },
  quiet: { fill: tokens.colorNeutralForeground2, [forced]: { fill: 'CanvasText' } },
  axis: { stroke: tokens.colorNeutralStroke1, fill: 'none', [forced]: { stroke: 'CanvasText' } },
  line: {
    stroke: tokens.colorStatusSuccessForeground1,
    fill: 'none',
    strokeWidth: 2.5,
    [forced]: { stroke: 'Highlight' }
  },
  room: { fill: tokens.colorNeutralBackground6, [forced]: { fill: 'Canvas', stroke: 'CanvasText' } },
  done: { fill: tokens.colorStatusSuccessForeground1, [forced]: { fill: 'Highlight' } },
  person: { fill: tokens.colorStatusDangerForeground1, [forced]: { fill: 'CanvasText' } },
  later: { fill: tokens.colorPaletteMarigoldBackground3, [forced]: { fill: 'CanvasText' } },
  open: { fill: tokens.colorNeutralForeground3, [forced]: { fill: 'GrayText' } }
})
