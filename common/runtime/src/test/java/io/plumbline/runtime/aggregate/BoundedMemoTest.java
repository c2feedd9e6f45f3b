package io.plumbline.runtime.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What bounds the memory of folds. */
class BoundedMemoTest {
  @Test
  void allIsForgottenWhenOneMoreHasNoRoom() {
    BoundedMemo<String, Integer> memo = new BoundedMemo<>(1000);
    memo.put("a", 1, 300);
    memo.put("b", 2, 300);
    assertThat(memo.get("a")).isEqualTo(1);
    assertThat(memo.bytes()).isBetween(600L, 1000L);
    memo.put("c", 3, 300);
    assertThat(memo.get("a")).isNull();
    assertThat(memo.get("c")).isEqualTo(3);
    assertThat(memo.bytes()).isBetween(300L, 500L);
  }

  @Test
  void whatNeverHasRoomIsNotKeptAndDrivesNobodyOut() {
    BoundedMemo<String, Integer> memo = new BoundedMemo<>(1000);
    memo.put("a", 1, 300);
    memo.put("huge", 2, 5000);
    assertThat(memo.get("huge")).isNull();
    assertThat(memo.get("a")).isEqualTo(1);
  }

  @Test
  void aBudgetGrantsAllOrNothing() {
    NameBudget budget = new NameBudget(10, 100);
    assertThat(budget.grants(1, 60)).isTrue();
    assertThat(budget.grants(1, 60)).isFalse();
    assertThat(budget.grants(10, 1)).isFalse();
    assertThat(budget.bytes()).isEqualTo(60);
    assertThat(budget.grants(9, 40)).isTrue();
    assertThat(budget.bytes()).isEqualTo(100);
    assertThat(budget.grants(0, 1)).isFalse();
    assertThat(budget.grants(1, 0)).isFalse();
    assertThat(budget.grants(0, 0)).isTrue();
  }

  @Test
  void aShareIsAtMostTheWhole() {
    assertThatThrownBy(() -> FoldMemory.share(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FoldMemory.share(1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThat(FoldMemory.bytes(7).in(null)).isEqualTo(7);
  }
}
