package io.plumbline.onlinemetrics.quality;

import io.plumbline.runtime.config.ModelConfig.Task;

/** What there is to an observation, by the task and by whether two versions are compared. */
enum Shape {
  /** Nothing is observed. */
  NONE(0, 0),
  /** A score. */
  BINARY(1, 0),
  /** The champion's score and the shadow's. */
  BINARY_PAIR(2, 0),
  /** The scores of the true and of the predicted class; their names. */
  MULTICLASS(2, 2),
  /** The same of the champion, then of the shadow; the true class is the first. */
  MULTICLASS_PAIR(4, 3),
  /** The true value, and the predicted one. */
  REGRESSION(2, 0),
  /** The true value, the champion's and the shadow's. */
  REGRESSION_PAIR(3, 0);

  private final int numbers;
  private final int texts;

  Shape(int numbers, int texts) {
    this.numbers = numbers;
    this.texts = texts;
  }

  static Shape of(Task task, boolean pair) {
    return switch (task) {
      case BINARY -> pair ? BINARY_PAIR : BINARY;
      case MULTICLASS -> pair ? MULTICLASS_PAIR : MULTICLASS;
      case REGRESSION -> pair ? REGRESSION_PAIR : REGRESSION;
    };
  }

  /** Whether two versions are compared. */
  boolean isPair() {
    return this == BINARY_PAIR || this == MULTICLASS_PAIR || this == REGRESSION_PAIR;
  }

  /** How many numbers each observation has. */
  int numbers() {
    return numbers;
  }

  /** How many texts it has. */
  int texts() {
    return texts;
  }
}
