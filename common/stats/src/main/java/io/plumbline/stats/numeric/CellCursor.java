package io.plumbline.stats.numeric;

/** Goes through the cells of a distribution once, in ascending order. */
final class CellCursor {
  private final CellBlocks blocks;
  private int block;
  private Cells cells = Cells.EMPTY;
  private long[] low = cells.low();
  private long[] high = cells.high();
  private int at;

  CellCursor(CellBlocks blocks) {
    this.blocks = blocks;
    fill();
  }

  /** Whether there is a cell here: false at the end. */
  boolean present() {
    return at < cells.size();
  }

  long low() {
    return low[at];
  }

  long high() {
    return high[at];
  }

  long count() {
    return cells.countOf(at);
  }

  void next() {
    at++;
    fill();
  }

  /** Sees to it that the block at hand has cells left; false: there are none. */
  boolean fill() {
    if (at >= cells.size() && block < blocks.blocks()) {
      cells = blocks.block(block++);
      low = cells.low();
      high = cells.high();
      at = 0;
    }
    return at < cells.size();
  }

  /** The keys of the block at hand, of which those from {@link #from} to {@link #end} are left. */
  long[] keys() {
    return low;
  }

  /** Their counts; null: each stands once. */
  long[] counts() {
    return cells.count();
  }

  int from() {
    return at;
  }

  int end() {
    return cells.size();
  }

  /** Leaves the cells of the block before this one behind. */
  void skipTo(int cell) {
    at = cell;
  }
}
