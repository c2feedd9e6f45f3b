package io.plumbline.cli.simulate;

import java.util.List;
import java.util.random.RandomGenerator;

/** How the values of a feature are distributed, and what each of them says about the risk. */
sealed interface Shape {
  /** How far a drift moves what is drawn, in standard deviations. */
  double SHIFT = 1.5;

  /**
   * A value: a number, or of a categorical feature the index of the category. Finite.
   *
   * @param drifted whether it comes from the distribution after a drift
   */
  double draw(RandomGenerator draws, boolean drifted);

  /** What the value says: about 0 on average, with a deviation of about 1; 0 if it says nothing. */
  double signal(double value);

  /** Numbers that are made of a standard normal one. */
  abstract sealed class Numeric implements Shape permits Normal, LogNormal, Ratio, ZeroInflated {
    final double min;
    final double max;
    final int decimals;
    private final double unit;

    Numeric(double min, double max, int decimals) {
      this.min = min;
      this.max = max;
      this.decimals = decimals;
      unit = Math.pow(10, decimals);
    }

    abstract double of(double normal);

    @Override
    public final double draw(RandomGenerator draws, boolean drifted) {
      return inRange(of(draws.nextGaussian() + (drifted ? SHIFT : 0)));
    }

    /** How serving gets the value wrong while training has it right: ten per cent more. */
    final double skewed(double value) {
      return inRange(value * 1.1);
    }

    private double inRange(double value) {
      // Adding 0 makes 0 of -0.
      return Math.rint(Math.min(max, Math.max(min, value)) * unit) / unit + 0.0;
    }
  }

  /** Normal. */
  final class Normal extends Numeric {
    private final double mean;
    private final double deviation;

    Normal(double mean, double deviation, double min, double max, int decimals) {
      super(min, max, decimals);
      this.mean = mean;
      this.deviation = deviation;
    }

    @Override
    double of(double normal) {
      return mean + deviation * normal;
    }

    @Override
    public double signal(double value) {
      return (value - mean) / deviation;
    }
  }

  /** Log-normal; with no decimals, counts. */
  final class LogNormal extends Numeric {
    private final double median;
    private final double sigma;

    LogNormal(double median, double sigma, double max, int decimals) {
      super(0, max, decimals);
      this.median = median;
      this.sigma = sigma;
    }

    @Override
    double of(double normal) {
      return median * Math.exp(sigma * normal);
    }

    @Override
    public double signal(double value) {
      // What was rounded to 0 counts as a half.
      return Math.log(Math.max(value, 0.5) / median) / sigma;
    }
  }

  /** A share between 0 and 1. */
  final class Ratio extends Numeric {
    private static final double LEAST = 1e-4;
    private final double centre;
    private final double sigma;

    /**
     * @param centre log odds of the median
     */
    Ratio(double centre, double sigma) {
      super(0, 1, 4);
      this.centre = centre;
      this.sigma = sigma;
    }

    @Override
    double of(double normal) {
      return Logistic.probability(centre + sigma * normal);
    }

    @Override
    public double signal(double value) {
      double share = Math.min(1 - LEAST, Math.max(LEAST, value));
      return (Math.log(share / (1 - share)) - centre) / sigma;
    }
  }

  /** Mostly 0, otherwise log-normal. */
  final class ZeroInflated extends Numeric {
    private final double zeroBelow;
    private final double median;
    private final double sigma;

    /**
     * @param zeroBelow the standard normal number from which on the value is above 0
     */
    ZeroInflated(double zeroBelow, double median, double sigma, double max, int decimals) {
      super(0, max, decimals);
      this.zeroBelow = zeroBelow;
      this.median = median;
      this.sigma = sigma;
    }

    @Override
    double of(double normal) {
      return normal < zeroBelow ? 0 : median * Math.exp(sigma * (normal - zeroBelow));
    }

    @Override
    public double signal(double value) {
      return value == 0 ? -0.5 : 1.5;
    }
  }

  /** A category; the first are the most frequent. */
  final class Categories implements Shape {
    final List<String> names;
    private final double[] upTo;

    /**
     * @param decay how much rarer each category is than the one before it
     */
    Categories(List<String> names, double decay) {
      this.names = names;
      upTo = new double[names.size()];
      double sum = 0;
      double weight = 1;
      for (int i = 0; i < upTo.length; i++) {
        sum += weight;
        upTo[i] = sum;
        weight *= decay;
      }
      for (int i = 0; i < upTo.length; i++) {
        upTo[i] /= sum;
      }
    }

    /** A drift makes the rare ones frequent. */
    @Override
    public double draw(RandomGenerator draws, boolean drifted) {
      double uniform = draws.nextDouble();
      double place = drifted ? Math.cbrt(uniform) : uniform;
      int index = 0;
      while (index < upTo.length - 1 && upTo[index] <= place) {
        index++;
      }
      return index;
    }

    @Override
    public double signal(double value) {
      return 0;
    }
  }
}
