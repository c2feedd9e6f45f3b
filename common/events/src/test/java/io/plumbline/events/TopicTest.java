package io.plumbline.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What of a record may change from one state of a result to the next, and what makes it another.
 */
class TopicTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String identity(Topic topic, String json) throws JsonProcessingException {
    return topic.identity(JSON.readTree(json.replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "METRICS | {'series':'s','window_start':1,'value':1,'count':5,'final':false} | {'series':'s','window_start':1,'value':null,'count':6,'final':true}",
        "CHECKS | {'feature':'f','feature_version':'1.0','segment':'','window_start':1,'window_end':2,'rows':3} | {'feature':'f','feature_version':'1.1','segment':'','window_start':1,'window_end':2,'rows':4}",
        "CHECKS | {'feature':'f','model':null,'segment':'','window_start':1,'window_end':2} | {'feature':'f','segment':'','window_start':1,'window_end':2,'withdrawn':true}",
        "DRIFT | {'series':'s','window_start':1,'reference_uri':'a','severity':'low'} | {'series':'s','window_start':1,'reference_uri':'b','withdrawn':true}",
        "ALERTS | {'monitor':'m','series':'s','alert_id':'a','state':'firing','severity':'P2'} | {'monitor':'m','series':'s','alert_id':'a','state':'resolved','severity':'P1'}",
        "INCIDENTS | {'incident_id':'i','kind':'unknown','severity':'P2'} | {'incident_id':'i','kind':'data_drift','severity':'P1'}",
        "ACTIONS | {'incident_id':'i','action_id':'a','tried':1,'outcome':'failed'} | {'incident_id':'i','action_id':'a','tried':2,'outcome':'sent'}",
        "CONTROL | {'kind':'feature','name':'f','author':'ann','at':1,'spec':{}} | {'kind':'feature','name':'f','author':'bob','at':2,'spec':null}",
        "LABELS | {'prediction_id':'p','ts':1,'label':0} | {'prediction_id':'p','ts':2,'label':1}",
      })
  void statesOfOneResultHaveOneIdentity(Topic topic, String before, String after)
      throws JsonProcessingException {
    assertThat(identity(topic, before)).isEqualTo(identity(topic, after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "METRICS | {'series':'s','window_start':1} | {'series':'s','window_start':2}",
        // Windows of two lengths may begin together.
        "CHECKS | {'feature':'f','segment':'','window_start':1,'window_end':2} | {'feature':'f','segment':'','window_start':1,'window_end':3}",
        "CHECKS | {'feature':'f','segment':'','window_start':1,'window_end':2} | {'feature':'f','model':'m','segment':'','window_start':1,'window_end':2}",
        "DRIFT | {'series':'s','window_start':1} | {'series':'t','window_start':1}",
        "ALERTS | {'monitor':'m','series':'s','alert_id':'a'} | {'monitor':'m','series':'s','alert_id':'b'}",
        "ACTIONS | {'incident_id':'i','action_id':'a'} | {'incident_id':'i','action_id':'b'}",
        // A champion and its shadow.
        "PREDICTIONS | {'prediction_id':'p','model':'m','model_version':'1'} | {'prediction_id':'p','model':'m','model_version':'2'}",
        "LABELS | {'prediction_id':'p'} | {'prediction_id':'p','kind':'proxy:click'}",
        "FEATURES | {'feature':'f','entity_id':'e','event_time':1} | {'feature':'f','entity_id':'g','event_time':1}",
      })
  void otherResultsHaveAnother(Topic topic, String one, String other)
      throws JsonProcessingException {
    assertThat(identity(topic, one)).isNotEqualTo(identity(topic, other));
  }
}
