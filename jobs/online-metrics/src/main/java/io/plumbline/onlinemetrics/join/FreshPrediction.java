package io.plumbline.onlinemetrics.join;

import io.plumbline.events.Answer;
import java.util.List;

/**
 * A prediction that comes for the first time: duplicates and refused ones are none.
 *
 * @param answer with its role, which is never null
 * @param segments texts of the segments that it is in ({@code country=DE}), beside that of all
 */
public record FreshPrediction(Answer answer, List<String> segments) {}
