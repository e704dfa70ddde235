"""The words of web pages: buttons, menus, notices and forms. Whole words, case-folded, in ten languages.

A word alone decides nothing (`clean.py` looks at how much of a line is made of them): an article about cookies,
comments or subscriptions uses them too. Languages that are missing here keep more of their furniture, never less
of their articles.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NETWORKS = _words(
    """
        facebook twitter tweet x whatsapp telegram linkedin pinterest reddit instagram youtube tiktok mastodon
        bluesky threads messenger flipboard tumblr vk rss google podcast spotify apple
        """
)

COMMENTS = _words(
    """
        comment comments reply replies kommentar kommentare kommentieren leserkommentare antwort commentaire
        commentaires commenter répondre réponse réagir réactions comentario comentarios comentar responder
        respuesta respuestas commento commenti commenta rispondi comentário comentários reacties reageer
        kommentarer kommentera svara kommentoi kommentit kommentti vastaa komentarze komentarz odpowiedz
        skomentuj комментарии комментарий комментариев ответить
        """
)

MORE = _words(
    """
        related more similar recommended trending popular latest read also see you may like next previous mehr
        verwandte ähnliche auch lesen meistgelesen weitere empfohlen passend lire aussi plus lus similaires
        sujet recommandés información explore show leer más también relacionadas relacionados noticias leggi
        anche correlati altri leia mais também lees ook meer gerelateerd läs mer också mest lästa relaterat lue
        myös lisää luetuimmat aiheesta czytaj także więcej powiązane читайте также похожие ещё author autor
        autorin auteur autore kirjoittaja författaren über redaktion også lest episodes sponsored promoted
        """
)

SERVICE = _words(
    """
        subscribe subscribed subscriber subscribers subscription subscriptions newsletter newsletters inbox sign
        signup register login log password donation donations cookie cookies consent privacy advertisement
        advertising sponsored app download unsubscribe javascript browser comment comments copyright
        notifications follow email e-mail donate membership abonnieren abo abonnement anmelden registrieren
        datenschutz anzeige posteingang kommentar e-mail-adresse abonnez abonner inscrivez inscription connectez
        confidentialité publicité commentaire messagerie boîte suscríbete suscribirse boletín regístrate
        privacidad publicidad comentario correo síguenos assine boletim privacidade publicidade comentário
        siga-nos abbonati iscriviti accedi registrati informativa casella acconsento pubblicità commento seguici
        abonneer nieuwsbrief inloggen privacybeleid advertentie prenumerera nyhetsbrev logga integritetspolicy
        annons tilaa uutiskirje kirjaudu rekisteröidy evästeitä evästeet tietosuoja sähköpostiosoitettasi mainos
        subskrybuj zaloguj ciasteczek prywatności reklama подпишитесь подписывайтесь подписаться рассылку
        cookie-файлы конфиденциальности реклама комментарий annonse annonsen innspill personvern recipient
        abonnés abonné deductible
        """
)

FURNITURE = (
    NETWORKS
    | COMMENTS
    | SERVICE
    | _words(  # English
        """
        share shares print email e-mail mail copy link save bookmark subscribe subscribed subscriber subscribers
        subscription subscriptions newsletter newsletters inbox sign signup signed register login account
        password username follow followers cookie cookies consent accept reject privacy policy terms conditions
        settings preferences manage advertisement advertising ad ads sponsored promoted partner content menu
        search show explore home readers journalism reporting monthly sort newest oldest skip navigation toggle
        close open related trending popular recommended stories story article articles latest more read reading
        mins minute minutes ago views view viewed click tap here continue next previous back top page pages site
        website contact help faq sitemap careers rights reserved copyright tags tag topics topic filed under
        posted published publish updated last fact checked verified listen audio video watch gallery slideshow
        photos advert leave required fields marked address displayed spam loading load app download free trial
        join membership member members donate donation support donations notifications alerts breaking edition
        editions browser javascript enable disable enabled disabled rate vote likes like dislike report edit
        font size text accessibility unsubscribe submit send name data processed personalised personalized
        experience analyse traffic weather subscribing daily weekly headlines news sport sports opinion business
        culture logout feedback tip tips advertise caption credit image picture photo file author bio episode
        episodes transcript embed presenter producer android attachments confidential recipient intended
        """
    )
    | _words(  # German
        """
        teilen drucken merken kommentar abonnieren abo abonnement anmelden registrieren konto datenschutz
        impressum agb einstellungen akzeptieren ablehnen zustimmen anzeige werbung startseite suche suchen menü
        navigation mehr lesen weiterlesen meistgelesen lesezeit lesedauer minuten verwandte themen artikel
        passend newsletter posteingang kostenlos jetzt veröffentlicht aktualisiert stand uhr folgen schlagwörter
        oben rechte vorbehalten verwenden webseite website e-mail-adresse erforderliche felder markiert
        hinterlassen schreiben geprüft faktencheck vorlesen anhören nutzung kontakt hilfe weitere empfohlen
        redaktion
        """
    )
    | _words(  # French
        """
        partager imprimer envoyer enregistrer abonnez s'abonner abonner abonnés abonné connexion connecter
        connectez inscription inscrire inscrivez compte confidentialité politique accepter refuser paramétrer
        publicité lecteur vidéo chargement accueil recherche rechercher aller contenu lire aussi suite article
        articles lecture minutes publié min temps mis plus lus sujet rubrique suivez suivre mots-clés mentions
        légales droits réservés tous site utilise utilisons adresse messagerie publiée champs obligatoires
        laisser newsletter recevez gratuitement boîte vérifié écouter haut retour données contactez aide
        recommandés similaires
        """
    )
    | _words(  # Spanish, Portuguese, Italian
        """
        compartir imprimir enviar guardar suscríbete suscribirse suscripción boletín iniciar sesión registrarse
        regístrate cuenta privacidad política aceptar rechazar configurar publicidad anuncio inicio buscar menú
        leer más también relacionadas relacionados noticias noticia artículos lectura publicado actualizado
        síguenos seguir etiquetas derechos reservados utilizamos sitio web dirección correo electrónico será
        publicada campos obligatorios deja deje verificado escuchar arriba contacto ayuda gratis saltar registrados
        suscriptores funcionalidad exclusivo exclusiva clique aqui participe canal
        contenido partilhar compartilhar assine assinar boletim entrar conta privacidade aceitar rejeitar
        publicidade pesquisar leia mais notícias atualizado siga-nos direitos endereço eletrônico comentário
        deixe condividi stampa invia salva abbonati iscriviti accedi registrati accetta rifiuta cookie
        pubblicità cerca leggi anche notizie correlati pubblicato aggiornato seguici diritti riservati indirizzo
        campi obbligatori lascia utilizziamo tuo sito informativa casella posta ricevi acconsento trattamento
        dati riproduzione riservata tempo lettura minuti torna gratuitamente
        """
    )
    | _words(  # Dutch, Swedish, Danish, Norwegian, Finnish
        """
        delen deel afdrukken bewaren abonneer abonneren nieuwsbrief inloggen aanmelden account privacybeleid
        accepteren weigeren advertentie zoeken lees ook meer gerelateerd gepubliceerd bijgewerkt leestijd volg
        reageer rechten voorbehouden gratis inbox dela skriv spara prenumerera prenumerant nyhetsbrev logga
        registrera konto integritetspolicy godkänn neka annons sök läs mer också mest lästa relaterat publicerad
        uppdaterad lästid följ ämnen upphovsrätt meny startsida abonner nyhedsbrev ind annonce søg læs også mere
        læste publiceret opdateret følg les jaa tulosta tallenna tilaa tilaajille tilaaja uutiskirje kirjaudu
        rekisteröidy tili tietosuoja tietosuojaseloste evästeet evästeitä evästeasetukset hyväksy hylkää mainos
        haku hae valikko etusivu lue myös lisää luetuimmat aiheesta julkaistu päivitetty lukuaika seuraa aiheet
        oikeudet pidätetään käytämme sivusto sähköposti sähköpostiosoitettasi palaute yhteystiedot kuuntele
        siirry sisältöön ylös uusimmat uutiset hopp innhold inn kjøp abonnement annonse annonsen publisert
        oppdatert lytt saken innspill redaktør ansvarlig ansvarshavende personvern informasjonskapsler
        """
    )
    | _words(  # Polish, Russian
        """
        udostępnij drukuj zapisz subskrybuj newsletter zaloguj zarejestruj konto prywatności akceptuję odrzuć
        reklama szukaj czytaj także więcej powiązane najczęściej czytane opublikowano zaktualizowano obserwuj
        tagi prawa zastrzeżone używamy ciasteczek поделиться печать сохранить подписаться подпишитесь
        подписывайтесь рассылку войти регистрация конфиденциальности принять реклама поиск меню главная читайте
        также похожие ещё новости опубликовано обновлено теги права защищены файлы наш канал используем сайт
        """
    )
)

YOU = _words(
    """
        you your yours you're ihr ihre ihrem ihren ihrer sie du dein deine vous votre vos tu tus su sus usted tuo tua
        tuoi vostro seu sua você je jouw uw u din ditt dina deg dit sinä sinun sinulle te teidän sähköpostiosoitettasi
        ты вы ваш ваша ваши вам twój twoje twoja ciebie tobie
        """
)

WE = _words(
    """
        acconsento we our us i'm my wir uns unser unsere unseren unserem nous notre nos nosotros nuestro nuestra
        nuestros nuestras noi nostro nostra nosso nossa wij ons onze oss vi vår våra vårt vores meidän me мы наш наша
        наши нас nasz nasze nami naszej naszego naszą
        """
)

ADDRESS = YOU | WE

# What a page tells its reader to do; no word that is a noun as often.
CALLS = _words(
    """
        subscribe follow sign signup log login register click tap download donate join unsubscribe enable get
        read watch listen discover abonnieren abonniere folgen folge lesen melden registrieren erhalten abonnez
        inscrivez suivez lisez recevez suscríbete regístrate síguenos sigue lee recibe assine siga leia receba
        iscriviti abbonati seguici leggi ricevi abonneer volg lees prenumerera följ läs tilaa seuraa lue abonner følg
        les læs subskrybuj obserwuj czytaj
        подпишитесь подписывайтесь читайте
        """
)

# What a page invites its reader to, where it speaks of itself as "we".
INVITES = _words(
    """
        join support become write send contact email visit share help tell call buy pre-order got have schreiben senden
        unterstützen écrivez soutenez envoyez escríbenos apóyanos envía scrivici sostieni napisz wyślij wesprzyj schrijf
        steun skriv støtt stöd kirjoita masz пишите поддержите
        """
)

ASKING = _words(
    "what why who how where when was warum wer wie wo wann que pourquoi qui comment qué quién cómo mitä miksi"
)

# What stands before the day of publication; in more languages than the rest, since a day is read in more.
PUBLISHED = _words(
    """
        published posted publish filed first date dated erstellt veröffentlicht erschienen stand datum publié publicado
        publicada date fecha data pubblicato gepubliceerd geplaatst publicerad publicerat udgivet publiceret
        publisert julkaistu opublikowano opublikováno zveřejněno publikováno опубликовано дата опубліковано yayınlanma
        yayın tarihi yayınlandı δημοσίευση δημοσιεύθηκε δημοσιεύτηκε نشر النشر تاريخ في פורסם प्रकाशित 发布 发布时间
        发布于 時間 时间 發布 發布時間 公開 公開日 配信 投稿 掲載 게시 입력 등록 승인
        """
)

# Words of pages, and small words, beside which a day is that of an event: "Trial from 12 June 2024".
OF_EVENTS = _words(
    """
        open close closed trial vote join signed register registered free members by from after over into before until
        since nach über von ab seit bis vor après dès depuis desde hasta después da dopo från till efter van na vanaf
        från efter fra etter от до после
        """
)

# What a day beside it is the day of a picture.
PICTURED = _words(
    """
        photo photos photograph photographed picture pictures pictured image images caption gallery slideshow video
        foto fotos bild bilder kuva kuvat imagen immagine photographie фото zdjęcie
        """
)

# A heading above other articles, by its words.
MORE_FROM = re.compile(
    r"(?:more (?:from|in|on)|see more on|mehr (?:aus|zu|von)|meer (?:uit|over|van)|mer (?:från|om|fra)|mere (?:fra|om)"
    r"|lue lisää|plus (?:de|d['’]|sur)|más (?:de|sobre)|mais (?:de|sobre)|altro (?:da|su)|więcej (?:z|o|na)) "
    r"[^.!?:]{2,40}"
    r"|te puede interesar|(?:ti )?potrebbe(?:ro)? interessar(?:ti|e)(?: anche)?|da non perdere|pour aller plus loin"
    r"|dit vind je misschien ook leuk|ook interessant|around the web|up next"
    r"|most (?:watched|viewed|shared)\b[^.!?]{0,30}"
    r"|(?:vídeos: )?mais (?:assistidos|vistos)\b[^.!?]{0,30}|lo más (?:visto|leído)\b[^.!?]{0,30}",
    re.IGNORECASE,
)

# What names where something comes from, in the languages of the lists above.
_SOURCE = (
    r"(?:sources?|źródło|źródła|fuentes?|quellen?|källa|källor|kilde|kilder|bron|bronnen|fonte|fonti|lähde|источник)"
)

CREDIT = re.compile(
    r"^(?:image|photo|picture|media) (?:source|caption|credit)s?\b|credit\.\.\.\s?\w|"
    r"^\W*(?:photo|photos|photograph|picture|pictures|image|images|foto|fotos|bild|bilder|beeld|kuva|kuvat|photographie|imagen|"
    r"immagine|illustration|video|grafik|graphic|map|file photo|фото|zdjęcie)\b[^.]{0,60}?[:/|©]"
    r"|(?:photo|photos|photograph|picture|image|foto|bild|kuva|photographie|imagen|illustration|credit|quelle|фото)"
    r"\s*(?:by|credit|von|par|de|:|/|©)\s*:?\s*[^.!?]{2,60}$"
    r"|\((?:photo|foto|bild|kuva|image|picture|ap|afp|epa|reuters|getty)\b[^)]{0,60}\)$"
    r"|(?:getty images|shutterstock|ap photo|via ap|/\s?(?:afp|epa|ap|reuters|getty|dpa|lehtikuva|tt))\W*$",
    re.IGNORECASE,
)

# What leads to other articles, in front of a title: "Read also: ...".
_LEADS = (
    r"(?:(?:zobacz|czytaj|przeczytaj|sprawdź) (?:też|także|również)|lee también|te puede interesar|mira también"
    r"|leggi anche|per approfondire|(?:à )?(?:lire|voir) (?:aussi|également)|sur le même sujet|lesen sie (?:auch|mehr)"
    r"|mehr zum thema|lesen sie dazu|leia (?:também|mais)|veja (?:também|mais)|saiba mais|lees ook|bekijk ook"
    r"|läs (?:också|även|mer)|les også|læs også|lue myös|katso myös|читайте также|смотрите также"
    r"|also (?:read|see|watch)|(?:read|see|watch|listen)(?: (?:more|also|next|now|on))"
    r"|more on this(?: story)?|related(?: \w+)?|don['’]t miss)"
)
_CONTINUES = (
    r"(?:dalsz[ay] część|ciąg dalszy) (?:artykułu|tekstu).{0,60}|la suite (?:après|de l['’]article).{0,50}"
    r"|(?:el artículo|l['’]articolo|o artigo|la noticia|a matéria) (?:continúa|continua|segue|sigue).{0,50}"
    r"|(?:continua a leggere|continúa leyendo|lees verder|lue lisää|läs vidare|weiter nach der).{0,50}"
)
_REPORT = (
    r"(?:report|spotted|seen|found|reporta\w*|notifica\w*|signaler|segnala\w*|zgłoś|meld|rapportera?|ilmoita)"
    r"(?: an?| un[ae]?| een| en| et)? "
    r"(?:error|mistake|typo|problem|erreur|errore|erro|błąd|fout|fel|feil|virheestä)\b.{0,60}"
)

# The same where capitals tell: "The quay on Tuesday. Ada Lie/Coastwire", "The quay on Tuesday. / A. L."
_NAME = r"[^\W\d_a-zß-ÿ][\w.'’-]*"
CREDITED = re.compile(
    rf"[.!?…] (?:{_NAME} ){{1,3}}?{_NAME} ?/ ?[^\W\d_a-z][\w .&'’-]{{1,30}}$|[.!?…] / (?:[^\W\d_a-z]\. ?){{2,4}}$"
    r"|\((?:[\w.]+ ){1,2}(?i:photo|picture|image) by [^)]{2,40}\)$|\((?i:pictured)\b[^.!?]*$"
    r"|(?:^|[.!?] )(?i:right|left|above|below|pictured|inset|main|top|bottom): [^.!?]{2,80}$"
    rf"|(?i:\({_SOURCE}: ?[^)]{{2,60}}\)$|[.!?…] {_SOURCE}: ?[^.!?]{{2,60}}$)"
)

# Whole lines that are set phrases, whatever else they hold.
NOTICE = re.compile(
    rf"{_LEADS}\s*[:>»|–]+\s*\S.{{2,200}}|(?:{_LEADS}|luister ook) [^.!?]{{0,60}}\b(?:podcast|video|newsletter)\W*|"
    r"your browser does not support .{2,80}|listen to this (?:story|article)\b.{0,100}|"
    r"this (?:post|article|story|column|piece) was (?:contributed|written|produced|translated|sponsored) by\b.{0,120}|"
    r"(?:share|comment on|share or comment on|rate|print|save|gift) this (?:article|story|post|page)\b.{0,200}|"
    r"(?:check|see) (?:price|availability)|[$€£][\d.,]+ (?:at|from) .{2,30}|"
    r"(?:buy|see) (?:it )?(?:at|from|on) [^.!?]{2,30}|"
    r"(?:(?:articolo|artículo|artigo|article) (?:precedente|successivo|anterior|siguiente|seguinte|précédent|suivant))|"
    r"[←→] .{2,120}|.{2,120} [←→]|this entry was posted (?:in|on|by) .{2,200}|archivado en\W*|filed under\W*.{0,80}|"
    r"(?:today|vandaag|heute|hoy|oggi|aujourd['’]hui|idag|i dag|tänään|hoje),? .{0,5}\d\d?[:.h]\d\d.{0,6}|"
    r"(?:por|door|von|di|par|av|af|by) (?:onze |der |la |our |the )?(?:redactie|redaktion|redazione|redacción|"
    r"rédaction|redação|redaksjonen|redaktionen|newsroom|news desk|staff(?: \w+)?)|"
    r"(?:the )?(?:views|opinions) expressed (?:in th|here|by the (?:author|writer|columnist)|are).{2,200}|"
    r".{2,100}\b(?:welcomes|accepts|submit|send)\b.{0,60}\bletters to the editor\b.{0,90}|"
    rf"{_CONTINUES}|{_REPORT}|{_SOURCE}: ?.{{2,100}}|"
    r"(?:learn|find out|show|load|view|discover|hear) more\W*|"
    r"was this (?:\w+ )?(?:useful|helpful|interesting)\b.{0,40}|"
    r"(?:an? )?(?:ads?|adverts?|promoted|paid (?:content|post)|advertisement) (?:by|from) .{2,60}|buy now\b.{0,100}|"
    r"(?:a )?guest (?:post|article|column|essay) by\b.{0,60}|\d+ restacks?|"
    r"(?:enter )?your (?:e-?mail|full name|first name|last name|name)(?: address)?(?: here)?\W*|"
    r".{2,80} contributed (?:reporting\b|to this (?:report|story|article|piece)\b).{0,80}|"
    r"(?:citation|doi|more information|further information|journal(?: information| reference)?): ?.{2,400}|"
    r"(?:materials? )?provided by [^.!?]{2,80}|with (?:files|material|reporting) from .{2,80}|mit material von .{2,80}|"
    r"sent from my .{2,30}|(?:page |seite )?\d+ (?:of|von|sur|/) \d+|[\d.,]+ ?[km]|\S+\.(?:svg|png|jpe?g|gif|webp)"
    r"|an? (?:post|video|photo|reel) shared by .{1,79}[^.!?]|(?:view|see) this post on \w+"
    r"|(?:the )?(?:story|article) continues(?: (?:below|after|under|beneath|here|on (?:page|the next))\b.{0,30})?\W*"
    r"|(?:artikkelen|artikeln|artiklen|artikkeli|der artikel) "
    r"(?:fortsetter|held fram|fortsätter|fortsætter|jatkuu|geht weiter)\b.{0,40}|scroll to continue.{0,30}"
    r"|a version of this (?:article|story) (?:was|appears|appeared|first)\b.{0,300}"
    r"|this (?:article|story) (?:originally|first) appeared\b.{0,150}"
    r"|this page was last (?:edited|updated|modified)\b.{0,60}"
    r"|this content is (?:hosted|provided) by .{2,200}|(?:text|content) is available under .{2,80}"
    r"|article printed from .{2,120}|printed from [^.]{2,80}|url to article: .+|click here to .{2,40}"
    r"|\((?:additional )?(?:reporting|writing)(?: and writing)? by .{2,200}\)"
    r"|reporting by .{2,100}; editing by .{2,100}"
    r"|(?P<who>\S[^.]{1,40}?),? .{10,300}\. more about (?P=who)[^.]{0,20}"
    r"|(?:media|press) contacts?: .{2,160}|eds: .{2,200}|for immediate release"
    r"|thanks for (?:signing|subscribing)\b.{0,60}"
    r"|(?:a message from|presented by|sponsored by|brought to you by) [^.!?]{2,60}|have an opinion on this\b.{0,40}"
    r"|(?:.{0,200}[.!?] )?order your copy (?:at|from|for) .{2,150}",
    re.IGNORECASE,
)

SMALL_WORDS = _words(
    """
        the a an and or à of in on at to for with by from as is are was were be after over into its his her
        their that this not der die das ein eine und oder von im am auf zu für mit bei nach über ist sind war le
        la les un une des et ou de du au aux en pour avec par sur est dans el los las una y o del al con por
        para que es il lo gli i e di da nel per che het een van op voor met bij och att på för med av ett som är
        ja ei että
        """
)
