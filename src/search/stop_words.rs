//! A language -> its words that every question has and no page is about: *hvordan sletter jeg en avtale* asks for *sletter* and *avtale*. The
//! script leaves them out of a query, so that their part of the index needn't be fetched; they stay in the index for phrases in quotes.

use super::tokenize::{lower, words};

/// How many words of a text are no stop words: a title is found as a whole by a question without its articles.
pub(super) fn count_others(text: &str, language: &str) -> u32 {
    let mut count = 0;
    for word in words(text) {
        let word = lower(word.text);
        if !of(language).split(' ').any(|stop| stop == word) {
            count += 1;
        }
    }
    count
}

/// Question words, pronouns, articles, auxiliary verbs, conjunctions and prepositions. Particles that change what a verb means (*inn*, *ut*,
/// *opp*, *ab*) are not among them, because *logge inn* and *logge ut* are different questions.
pub(super) fn of(language: &str) -> &'static str {
    match language {
        "norwegian" => {
            "hvordan korleis hvorfor kvifor hva kva hvem kven hvilken hvilket hvilke hvor kvar når jeg eg du vi man en ei et ein eit den det de dei \
             dette denne disse er var blir bli være vere kan skal vil må får få gjør gjer gjøre gjere har ha og eller men som å at for fra frå til \
             på i av med om under ved mitt min mi mine meg oss så da også ikke ikkje finnes finst"
        }
        "danish" => {
            "hvordan hvorfor hvad hvem hvilken hvilket hvilke hvor hvornår jeg du vi man en et den det de dette denne disse er var bliver blive \
             være kan skal vil må får få gør gøre har have og eller men som at for fra til på i af med om under ved mit min mine mig os så da også \
             ikke der findes"
        }
        "swedish" => {
            "hur varför vad vem vilken vilket vilka var när jag du vi man en ett den det de detta denna dessa är blir bli vara kan ska skall vill \
             måste får få gör göra har ha och eller men som att för från till på i av med om under vid mitt min mina mig oss så då också inte finns"
        }
        "german" => {
            "wie warum wieso was wer wen wem welche welcher welches wo wann ich du er sie es wir ihr man ein eine einen einem einer eines der die \
             das den dem des ist sind war wird werden sein kann können soll muss müssen möchte will darf habe hat haben mache und oder aber als \
             dass für von zu zum zur auf in im an am mit bei aus um mein meine meinen meiner meinem mich mir uns so auch nicht gibt"
        }
        "dutch" => {
            "hoe waarom wat wie welke waar wanneer ik je jij u we wij men een de het den dit dat deze die is zijn was wordt worden ben kan kunnen \
             moet moeten zal wil mag heb heeft hebben doe en of maar als voor van naar op in aan met bij om door mijn me mij ons zo ook niet er te"
        }
        "english" => {
            "how why what who which where when i you we one a an the this that these those is are was be been being do does did can could should \
             would will may must have has had and or but if of to for from in on at by with as my your our me us it its so not there"
        }
        "french" => {
            "comment pourquoi que quoi quel quelle quels quelles qui où quand je tu il elle on nous vous un une des le la les l d de du ce cette ces \
             est sont être peut puis dois ai a avoir faire et ou mais si à au aux pour dans en sur par avec mon ma mes me pas ne"
        }
        "spanish" => {
            "cómo por qué cuál cuáles quién dónde cuándo yo tú un una unos unas el la los las lo de del este esta es son ser puedo puede debo hay he \
             hacer y o pero si a al para en con mi mis me no se"
        }
        "italian" => {
            "come perché che cosa quale quali chi dove quando io tu si un uno una il lo la i gli le di del della è sono essere posso può devo ho \
             fare e o ma se a al alla per in nel con mio mia mi non"
        }
        "portuguese" => {
            "como por que qual quais quem onde quando eu um uma o a os as de do da é são ser posso pode devo há fazer e ou mas se ao para em no na \
             com meu minha me não"
        }
        "finnish" => {
            "miten miksi mikä mitä kuka missä milloin minä sinä se on ovat olla voi voin pitää ja tai mutta jos että kun minun ei"
        }
        _ => "",
    }
}
